package io.waymark.segment.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.Audiences;
import io.waymark.segment.Schedule;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class ScheduledAudiencesTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Instant MONDAY = Instant.parse("2026-11-23T07:30:00Z");
  private static final Instant SATURDAY = Instant.parse("2026-11-28T07:30:00Z");

  @Autowired Audiences audiences;
  @Autowired KeptAudiences kept;
  @Autowired Membership membership;
  @Autowired Snapshots snapshots;
  @Autowired LiveKeeping keeping;
  @Autowired ExchangeCalendar calendar;
  @Autowired Customers customers;
  @Autowired CustomerTags tags;
  @Autowired Branches branches;
  @Autowired Scheduler scheduler;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String code = "drawn-" + NUMBER.incrementAndGet();
  private final String branch = "DRAW" + NUMBER.get();
  private long first;
  private long second;

  @BeforeEach
  void settle_two_customers() {
    branches.saveAll(List.of(new Branch(branch, branch)));
    first = customer("1");
    second = customer("2");
    tags.set(first, "tier", "core", "test");
  }

  @Test
  void a_draw_on_a_trading_day_finds_the_members_and_later_ones_tell_who_changed() {
    save("每个交易日 15:30");
    Draws draws = new Draws(audiences, kept, snapshots, calendar, clock);
    draws.draw(code, SATURDAY);
    fill();
    assertThat(members()).as("the exchange is closed").isEmpty();

    draws.draw(code, MONDAY);
    fill();
    assertThat(members()).containsExactly(first);
    assertThat(told(first)).isEmpty();

    tags.set(first, "tier", "mass", "test");
    tags.set(second, "tier", "core", "test");
    fill();
    assertThat(members()).as("until the next draw").containsExactly(first);
    draws.draw(code, MONDAY.plus(Duration.ofDays(1)));
    fill();

    assertThat(members()).containsExactly(second);
    assertThat(told(first)).containsExactly("audience.left");
    assertThat(told(second)).containsExactly("audience.entered");
  }

  @Test
  void a_schedule_is_a_trigger_for_as_long_as_it_stands() throws Exception {
    save("every trading day 15:30");
    TriggerKey key = TriggerKey.triggerKey(code, DrawSchedules.GROUP);
    assertThat(scheduler.getTrigger(key))
        .isInstanceOfSatisfying(
            CronTrigger.class,
            trigger -> {
              assertThat(trigger.getCronExpression()).isEqualTo("0 30 15 * * ?");
              assertThat(trigger.getTimeZone().getID()).isEqualTo("Asia/Shanghai");
            });

    save(null);

    assertThat(scheduler.checkExists(key)).isFalse();
    assertThat(kept.state(code)).isEmpty();
  }

  @Test
  void a_schedule_is_read_in_words_or_as_cron() {
    assertThat(Schedule.read("每天 9:05")).isEqualTo(new Schedule("0 5 9 * * ?", false));
    assertThat(Schedule.read("Every Trading Day 15:30"))
        .isEqualTo(new Schedule("0 30 15 * * ?", true));
    assertThat(Schedule.read("0 0 9 ? * MON")).isEqualTo(new Schedule("0 0 9 ? * MON", false));
    assertThatThrownBy(() -> Schedule.read("每天 25:00")).hasMessageContaining("看不懂");
    assertThatThrownBy(() -> Schedule.read("每周一")).hasMessageContaining("每个交易日 15:30");
  }

  @Test
  void a_snapshot_stays_as_it_was_taken_and_is_gone_after_its_time() {
    save(null);
    String name = "run:" + code;
    var taken = snapshots.take(name, code, clock.instant());
    tags.set(second, "tier", "core", "test");

    clock.advance(Duration.ofHours(1));
    assertThat(snapshots.take(name, code, clock.instant())).isEqualTo(taken);
    assertThat(taken.members()).isEqualTo(1);
    assertThat(snapshots.page(taken, 0, 10))
        .extracting(AudienceMember::customerId)
        .containsExactly(first);
    assertThat(snapshots.page(taken, first, 10)).isEmpty();

    snapshots.purge(clock.instant().plus(Snapshots.KEPT));
    assertThat(snapshots.find(name)).isEmpty();
    assertThat(snapshots.page(taken, 0, 10)).isEmpty();
  }

  private void save(String schedule) {
    audiences.save(
        new AudienceDraft(
            code,
            "定时",
            "tag tier = 'core' and branch = '" + branch + "'",
            Purpose.SERVICE,
            schedule),
        "wang");
  }

  /** Transactions of others may have to end first. */
  private void fill() {
    Instant end = Instant.now().plusSeconds(20);
    while (!kept.state(code).orElseThrow().status().equals("kept") && Instant.now().isBefore(end)) {
      keeping.fill();
    }
    keeping.followChanges();
  }

  private List<Long> members() {
    return membership.page(code, 0, 100).stream().map(AudienceMember::customerId).toList();
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
    String ref = branch + "-" + name;
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "测试客户",
                LocalDate.of(1980, 1, 1),
                branch,
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
    return customers.idsOf(List.of(ref)).get(ref);
  }
}
