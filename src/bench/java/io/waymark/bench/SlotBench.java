package io.waymark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.TemplateFolder;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.Sealable;
import io.waymark.platform.database.MonthPartitions;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long the App waits for what it shows at a place: over HTTP, one call after the other, each
 * for another of a hundred thousand customers with a message each. The baseline is the same call
 * for somebody unknown, which looks for the customer and finds nobody.
 */
@WaymarkTest
class SlotBench {

  private static final int CALLS = 500;
  private static final String TEMPLATE = "onboarding-course-inapp";

  @Autowired DataSource source;
  @Autowired MonthPartitions partitions;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired CustomerVault vault;
  @Autowired Templates templates;
  @Autowired TemplateFolder folder;
  @Autowired ApiKeys keys;
  @Autowired MovableClock clock;
  @LocalServerPort int port;

  private final HttpClient client = HttpClient.newHttpClient();
  private final SplittableRandom random = new SplittableRandom(5);
  private String key = "";

  private record Reader(long id, String ref, String branch) {}

  @Test
  void what_stands_at_a_place_is_read_while_the_app_waits() throws Exception {
    int customers = Integer.getInteger("waymark.bench.customers", 100_000);
    World.of(11, customers, 0, Instant.parse("2026-11-20T00:00:00Z"))
        .fill(source, partitions, branches);
    List<Reader> readers =
        jdbc.sql("select id, ref, branch from customer order by id desc limit ?")
            .param(customers)
            .query(Reader.class)
            .list();
    place(readers, approved());
    key = keys.create("slot-bench", Set.of("read"), BranchScope.everywhere(), "bench");
    assertThat(call(readers.get(0).ref()).body()).contains(TEMPLATE);

    Rounds.of("App slot, %,d customers, 99th of 100 calls".formatted(customers), "ms", 5)
        .contestant("nobody", () -> percentile(99, i -> "nobody-" + i))
        .contestant("somebody with a message", () -> percentile(99, i -> one(readers)))
        .run();
    Rounds.of("App slot, %,d customers, median".formatted(customers), "ms", 5)
        .contestant("nobody", () -> percentile(50, i -> "nobody-" + i))
        .contestant("somebody with a message", () -> percentile(50, i -> one(readers)))
        .run();
  }

  private String one(List<Reader> readers) {
    return readers.get(random.nextInt(readers.size())).ref();
  }

  private TemplateVersion approved() {
    return templates
        .approved(TEMPLATE, clock.instant())
        .orElseGet(
            () -> {
              folder.load(TemplateFolder.AUTHOR);
              return HeldReviews.approve(templates, templates.versionsOf(TEMPLATE).get(0));
            });
  }

  private void place(List<Reader> readers, TemplateVersion version) {
    int batch = 5_000;
    for (int from = 0; from < readers.size(); from += batch) {
      List<Reader> some = readers.subList(from, Math.min(from + batch, readers.size()));
      List<byte[]> sealed =
          vault.sealAll(
              some.stream()
                  .map(reader -> new Sealable(reader.id(), "欢迎您！新手课程已准备好，请在App查看。"))
                  .toList());
      jdbc.sql(
              """
              insert into in_app_message (
                message_id, customer_id, branch, slot, template, template_version_id, purpose,
                priority, body_sealed, placed_at, valid_until, journey_key)
              select gen_random_uuid(), id, branch, 'home', :template, :version, 'service', 50,
                     body, :placed, :until, 'onboarding'
                from unnest(:ids::bigint[], :branches::text[], :bodies::bytea[])
                     as given (id, branch, body)
              """)
          .param("template", TEMPLATE)
          .param("version", version.id())
          .param("placed", clock.instant().minus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC))
          .param("until", clock.instant().plus(Duration.ofDays(7)).atOffset(ZoneOffset.UTC))
          .param("ids", some.stream().map(Reader::id).toArray(Long[]::new))
          .param("branches", some.stream().map(Reader::branch).toArray(String[]::new))
          .param("bodies", sealed.toArray(byte[][]::new))
          .update();
    }
    jdbc.sql("analyze in_app_message, customer_key").update();
  }

  private interface Who {
    String ref(int call);
  }

  private double percentile(int percent, Who who) throws Exception {
    List<Double> took = new ArrayList<>(CALLS);
    for (int i = 0; i < CALLS; i++) {
      String ref = who.ref(i);
      long begun = System.nanoTime();
      call(ref);
      took.add((System.nanoTime() - begun) / 1e6);
    }
    double[] sorted = took.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length * percent / 100];
  }

  private HttpResponse<String> call(String customer) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + port + "/api/v1/slots/home?customer=" + customer))
            .header("X-Api-Key", key)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
