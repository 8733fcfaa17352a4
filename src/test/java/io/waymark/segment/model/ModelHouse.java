package io.waymark.segment.model;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers of a test's own, their facts, and the background's work done when a test says so. */
public class ModelHouse {

  private static final String BRANCH = "MODL";

  private final Customers customers;
  private final Branches branches;
  private final StaffDirectory staff;
  private final EventTypes types;
  private final ModelRuns runs;
  private final ModelFeed feed;
  private final JdbcClient jdbc;

  public ModelHouse(
      Customers customers,
      Branches branches,
      StaffDirectory staff,
      EventTypes types,
      ModelRuns runs,
      ModelFeed feed,
      JdbcClient jdbc) {
    this.customers = customers;
    this.branches = branches;
    this.staff = staff;
    this.types = types;
    this.runs = runs;
    this.feed = feed;
    this.jdbc = jdbc;
  }

  /** Nobody is followed, nothing waits: what other tests left is gone. */
  public void quiet() {
    jdbc.sql("delete from model_interest").update();
    jdbc.sql("delete from model_dirty").update();
    jdbc.sql("delete from model_run where status in ('waiting', 'running')").update();
  }

  /** Does everything that was asked for. */
  public void work() {
    while (runs.work()) {
      // The next run.
    }
  }

  /** Works off the feed. */
  public void follow() {
    while (feed.follow()) {
      // The next piece.
    }
  }

  /** Customers noted for a model. */
  public List<Long> dirty(String model) {
    return jdbc.sql("select distinct customer_id from model_dirty where model = ?")
        .param(model)
        .query(Long.class)
        .list();
  }

  /** A new branch with nobody in it. */
  public String ownBranch() {
    String code = "M" + UUID.randomUUID().toString().substring(0, 8);
    branches.saveAll(List.of(new Branch(code, "模型测试营业部")));
    return code;
  }

  /** A new customer without facts. */
  public long customer() {
    return customers(1).get(0);
  }

  /** A new customer of this branch. */
  public long customer(String branch) {
    return customers(1, branch).get(0);
  }

  /** New customers in order. */
  public List<Long> customers(int many) {
    branches.saveAll(List.of(new Branch(BRANCH, "模型测试营业部")));
    return customers(many, BRANCH);
  }

  private List<Long> customers(int many, String branch) {
    String prefix = "mh-" + UUID.randomUUID() + "-";
    List<String> refs = IntStream.range(0, many).mapToObj(i -> prefix + i).toList();
    List<Long> ids = new ArrayList<>();
    for (int from = 0; from < many; from += 1_000) {
      List<String> some = refs.subList(from, Math.min(many, from + 1_000));
      customers.importAll(
          some.stream()
              .map(
                  ref ->
                      new CustomerRecord(
                          ref,
                          "测试客户",
                          LocalDate.of(1980, 1, 1),
                          branch,
                          null,
                          CustomerClass.ORDINARY,
                          LegalStatus.NORMAL,
                          Map.of(),
                          Map.of()))
              .toList(),
          "test");
      Map<String, Long> known = new HashMap<>(customers.idsOf(some));
      some.forEach(ref -> ids.add(known.get(ref)));
    }
    return ids;
  }

  /** Declares a type of event. */
  public void type(String code) {
    types.save(new EventType(code, code, "测试", "", null, List.of()), "test");
  }

  /** Something that happened, as if it had been loaded. */
  public void event(long customer, String type, Instant at, Map<String, Object> properties) {
    Object amount = properties.get("amount");
    jdbc.sql(
            """
            insert into customer_event
                   (seq, customer_id, branch, type, occurred_at, received_at, source, event_id,
                    properties)
            select nextval('customer_event_seq'), id, branch, ?, ?, ?, 'model-test', ?,
                   case when ?::numeric is null then '{}'::jsonb
                        else jsonb_build_object('amount', ?::numeric) end
              from customer where id = ?
            """)
        .params(
            type,
            Timestamp.from(at),
            Timestamp.from(at),
            UUID.randomUUID().toString(),
            amount,
            amount,
            customer)
        .update();
  }

  /** The value of a tag as it is stored, stale or not; a dash for none. */
  public String value(long customer, String tag) {
    return jdbc.sql("select value from customer_tag where customer_id = ? and tag = ?")
        .params(customer, tag)
        .query(String.class)
        .optional()
        .orElse("-");
  }

  /** A new compliance officer's user name. */
  public String officer() {
    return person(Role.COMPLIANCE);
  }

  /** A new person's user name. */
  public String person(Role role) {
    branches.saveAll(List.of(new Branch(BRANCH, "模型测试营业部")));
    String name = "mh-" + UUID.randomUUID().toString().substring(0, 12);
    staff.save(new StaffMember(name, "测试人员", role, BRANCH, true, true), null);
    return name;
  }
}
