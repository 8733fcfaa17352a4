package io.waymark.segment.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.LevelContradiction;
import io.waymark.customer.LevelContradictions;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.Audiences;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class LiveAudiencesTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Audiences audiences;
  @Autowired KeptAudiences kept;
  @Autowired Membership membership;
  @Autowired LiveKeeping keeping;
  @Autowired Customers customers;
  @Autowired CustomerEvents events;
  @Autowired CustomerTags tags;
  @Autowired Consents consents;
  @Autowired RiskAssessments assessments;
  @Autowired LevelContradictions contradictions;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired PlatformTransactionManager transactions;

  private final String code = "live-" + NUMBER.incrementAndGet();
  private final String branch = "LIVE" + NUMBER.get();

  @AfterEach
  void keepNoMore() {
    audiences.save(new AudienceDraft(code, "实时", "age > 200", Purpose.SERVICE, null), "wang");
  }

  @Test
  void an_event_makes_a_member_at_once_and_says_so_once() {
    long id = customer("a");
    live("event login count >= 2 within 7 days");
    event("a", "login", clock.instant());
    follow();
    assertThat(members()).isEmpty();

    event("a", "login", clock.instant());
    follow();

    assertThat(members()).containsExactly(id);
    assertThat(told(id)).containsExactly("audience.entered");
    event("a", "login", clock.instant());
    follow();
    follow();
    assertThat(told(id)).containsExactly("audience.entered");
  }

  @Test
  void time_alone_makes_members_and_unmakes_them() {
    long id = customer("a");
    event("a", "login", clock.instant());
    live("event login exists within 7 days");
    assertThat(members()).containsExactly(id);

    clock.advance(Duration.ofDays(7).minusSeconds(1));
    follow();
    assertThat(members()).containsExactly(id);
    clock.advance(Duration.ofSeconds(1));
    follow();

    assertThat(members()).isEmpty();
    assertThat(told(id)).containsExactly("audience.left");
  }

  @Test
  void who_was_silent_for_long_enough_enters_without_any_event() {
    long id = customer("a");
    event("a", "login", clock.instant());
    live("event login exists and never event login within 2 hours");
    assertThat(members()).isEmpty();

    clock.advance(Duration.ofHours(2));
    follow();

    assertThat(members()).containsExactly(id);
  }

  @Test
  void who_acts_against_his_level_leaves_an_audience_of_that_level() {
    long id = customer("a");
    Instant assessed = clock.instant().minus(Duration.ofDays(1));
    assessments.record(
        List.of(
            new AssessmentRow(
                branch + "-a",
                new RiskAssessment(
                    RiskTolerance.C4,
                    false,
                    assessed,
                    assessed.plus(Duration.ofDays(365)),
                    null,
                    Set.of("equity_fund"),
                    "growth"))),
        "test");
    live("risk >= C4 and branch in ('" + branch + "')");
    assertThat(members()).containsExactly(id);

    contradictions.record(
        List.of(
            new LevelContradiction(
                id,
                branch,
                "losses",
                1,
                clock.instant(),
                assessed,
                RiskTolerance.C4,
                RiskTolerance.C3,
                "test")));
    follow();

    assertThat(members()).isEmpty();
  }

  @Test
  void tags_consents_birthdays_and_new_customers_are_followed() {
    long id = customer("a");
    live("(tag tier = 'core' or consent service on sms) and age >= 18");
    tags.set(id, "tier", "core", "test");
    follow();
    assertThat(members()).isEmpty();
    clock.advance(Duration.ofDays(1));
    follow();
    assertThat(members()).as("turned 18").containsExactly(id);

    tags.set(id, "tier", "mass", "test");
    follow();
    assertThat(members()).isEmpty();
    consent("a", clock.instant().plus(Duration.ofHours(1)));
    follow();
    assertThat(members()).containsExactly(id);
    clock.advance(Duration.ofHours(1));
    follow();
    assertThat(members()).as("consent has run out").isEmpty();
    assertThat(told(id))
        .containsExactly("audience.entered", "audience.left", "audience.entered", "audience.left");

    live("not has tag tier and branch in ('" + branch + "')");
    long other = customer("b");
    follow();
    assertThat(members()).contains(other);
  }

  @Test
  void the_first_fill_tells_nobody_and_one_that_is_asked_to_tell_does() {
    long id = customer("a");
    live("branch = '" + branch + "'");
    assertThat(members()).containsExactly(id);
    assertThat(told(id)).isEmpty();

    jdbc.sql("delete from audience_member where audience = ?").param(code).update();
    kept.refill(code, true);
    follow();

    assertThat(told(id)).containsExactly("audience.entered");
    assertThat(kept.state(code).orElseThrow().percent()).isEqualTo(100);
  }

  @Test
  void a_fill_waits_for_transactions_that_began_before_anybody_was_interested() throws Exception {
    long id = customer("a");
    var old = new TransactionTemplate(transactions);
    old.executeWithoutResult(
        status -> {
          tags.set(id, "tier", "core", "test");
          var other = new Thread(() -> save("tag tier = 'core'"));
          other.start();
          join(other);
          var filling = new Thread(this::follow);
          filling.start();
          join(filling);
          assertThat(kept.state(code).orElseThrow().status()).isEqualTo("waiting");
        });
    follow();
    assertThat(members()).containsExactly(id);
  }

  @Test
  void what_no_rule_mentions_is_not_even_noted() {
    long id = customer("a");
    live("tag tier = 'core' and branch in ('" + branch + "')");
    tags.set(id, "gender", "f", "test");
    event("a", "login", clock.instant());
    assertThat(dirty()).isZero();
    tags.set(id, "tier", "core", "test");
    assertThat(dirty()).isEqualTo(1);
    follow();
    tags.set(id, "tier", "core", "test");
    assertThat(dirty()).as("the same value again").isZero();
  }

  @Test
  void a_step_that_dies_is_done_again_and_loses_no_flip() {
    long id = customer("a");
    live("event login exists and branch in ('" + branch + "')");
    event("a", "login", clock.instant());
    jdbc.sql("alter table audience_member add constraint dies check (audience <> '" + code + "')")
        .update();
    try {
      assertThatThrownBy(this::follow).hasMessageContaining("dies");
    } finally {
      jdbc.sql("alter table audience_member drop constraint dies").update();
    }
    assertThat(dirty()).isEqualTo(1);

    follow();

    assertThat(members()).containsExactly(id);
    assertThat(told(id)).containsExactly("audience.entered");
  }

  @Test
  void a_changed_audience_changes_those_that_refer_to_it() {
    long id = customer("a");
    audiences.save(
        new AudienceDraft(code + "-in", "内层", "tag tier = 'core'", Purpose.SERVICE, null), "wang");
    live("in audience " + code + "-in and branch in ('" + branch + "')");
    tags.set(id, "tier", "mass", "test");
    follow();
    assertThat(members()).isEmpty();

    audiences.save(
        new AudienceDraft(code + "-in", "内层", "event login exists", Purpose.SERVICE, null), "wang");
    event("a", "login", clock.instant());
    follow();

    assertThat(members()).containsExactly(id);
  }

  @Test
  void a_late_event_counts_at_its_own_time() {
    long id = customer("a");
    live("event login exists within 3 days");
    event("a", "login", clock.instant().minus(Duration.ofDays(2)));
    follow();
    assertThat(members()).containsExactly(id);
    clock.advance(Duration.ofDays(1));
    follow();
    assertThat(members()).isEmpty();
  }

  private void live(String rule) {
    save(rule);
    Instant end = Instant.now().plusSeconds(20);
    while (!kept.state(code).orElseThrow().status().equals("kept") && Instant.now().isBefore(end)) {
      // Transactions of others may have to end first.
      follow();
    }
    assertThat(kept.state(code).orElseThrow().status()).isEqualTo("kept");
  }

  private void save(String rule) {
    audiences.save(new AudienceDraft(code, "实时", rule, Purpose.SERVICE, null, true), "wang");
  }

  private void follow() {
    while (keeping.followClock() > 0 || keeping.fill() || keeping.followChanges() > 0) {
      // Until all is quiet.
    }
  }

  private List<Long> members() {
    return membership.page(code, 0, 1000).stream()
        .filter(member -> member.branch().equals(branch))
        .map(AudienceMember::customerId)
        .toList();
  }

  private long dirty() {
    return jdbc.sql("select count(*) from audience_dirty where audience = ?")
        .param(code)
        .query(Long.class)
        .single();
  }

  private List<String> told(long id) {
    return jdbc.sql(
            """
            select type from customer_event
             where customer_id = ? and source = 'segment' and properties ->> 'audience' = ?
             order by seq
            """)
        .params(id, code)
        .query(String.class)
        .list();
  }

  private long customer(String name) {
    branches.saveAll(List.of(new Branch(branch, branch)));
    String ref = branch + "-" + name;
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "测试客户",
                LocalDate.of(2008, 11, 24),
                branch,
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
    return customers.idsOf(List.of(ref)).get(ref);
  }

  private void event(String name, String type, Instant at) {
    String ref = branch + "-" + name;
    events.accept(
        "test",
        List.of(new IncomingEvent(ref + "-" + NUMBER.incrementAndGet(), ref, type, at, Map.of())));
  }

  private void consent(String name, Instant expires) {
    consents.record(
        List.of(
            new ConsentChange(
                branch + "-" + name,
                Purpose.SERVICE,
                Channel.SMS,
                ConsentState.GRANTED,
                "app",
                "v1",
                clock.instant(),
                expires,
                null)),
        "test");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
