package io.waymark.engine;

import io.waymark.engine.run.*;
import io.waymark.journey.*;
import io.waymark.platform.rehearsal.*;
import java.util.*;
import java.time.*;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@WithTravellers
class RehearsalSpikeTest {
  @Autowired Travellers travellers;
  @Autowired Stages stages;
  @Autowired Enrolments enrolments;
  @Autowired EnrolmentRunner runner;
  @Autowired EventDelivery delivery;
  @Autowired DueJobs due;
  @Autowired JourneyVersions versions;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate tx;
  @Autowired Clock clock;

  @Test
  void spike() throws Exception {
    travellers.open();
    List<Traveller> people = new ArrayList<>();
    for (int i = 0; i < 60; i++) people.add(travellers.somebodyFor("win-back").tagged("asset_total", "20000"));
    JourneyVersion v = versions.live("win-back").orElseThrow();
    List<Long> ids = people.stream().map(Traveller::id).toList();
    Class<?> props = Class.forName("io.waymark.engine.rehearsal.Props");
    var m = props.getDeclaredMethod("of", List.class, List.class);
    m.setAccessible(true);
    for (int round = 0; round < 3; round++) {
    long t = System.nanoTime();
    Stage stage = stages.open((Scenery) m.invoke(null, ids, List.of(v.deploymentId())), clock.instant());
    System.out.println("OPEN ms " + (System.nanoTime() - t) / 1e6);
    try (stage) {
      stage.play(() -> {
        tx.executeWithoutResult(s -> enrolments.request(ids.stream().map(id -> new EntryRequest(v, id, "TR01", EntryCause.AUDIENCE, "r", null)).toList()));
        while (runner.runNext() > 0) {}
        System.out.println(jdbc.sql("select status, reason, count(*) from enrolment group by 1,2").query().listOfRows());
        for (int i = 0; i < 40; i++) {
          while (delivery.deliverNext() > 0) {}
          List<Map<String,Object>> next = jdbc.sql("select min(duedate_) as d from act_ru_job").query().listOfRows();
          if (next.get(0).get("d") == null) break;
          Instant at = ((java.sql.Timestamp) next.get(0).get("d")).toInstant();
          if (at.isAfter(stage.instant())) stage.moveTo(at);
          List<String> jobs = jdbc.sql("select id_ from act_ru_job where duedate_ <= ? limit 50").param(java.sql.Timestamp.from(stage.instant())).query(String.class).list();
          due.together(jobs);
        }
        System.out.println("now " + stage.instant());
        System.out.println(jdbc.sql("select node, outcome, count(*) from node_visit group by 1,2 order by 3 desc").query().listOfRows());
        System.out.println(jdbc.sql("select state, count(*) from outbox group by 1").query().listOfRows());
      });
      System.out.println("ALL ms " + (System.nanoTime() - t) / 1e6);
    }
    }
    System.out.println("LIVE " + jdbc.sql("select count(*) from participation where customer_id = any(?)").param(ids.toArray(Long[]::new)).query(Long.class).single());
  }
}
