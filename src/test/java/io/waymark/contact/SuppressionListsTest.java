package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.MovableClock;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ContactSlice
class SuppressionListsTest {

  @Autowired ContactWorld world;
  @Autowired SuppressionLists lists;
  @Autowired CustomerEvents events;
  @Autowired MovableClock clock;

  private final String code = "list-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void a_file_puts_good_rows_on_a_list_that_holds_for_its_channels_and_names_the_bad_ones()
      throws Exception {
    lists.save(new SuppressionList(code, "短信勿扰", "要求不收短信的客户", Set.of(Channel.SMS)), "officer");
    Person listed = world.person();
    BatchReport report =
        lists.importCsv(
            code,
            new StringReader(
                """
                customer,until
                %1$s,2027-01-31
                nobody-at-all,2027-01-31
                %1$s,2026-12-31
                %1$s,soon
                %1$s,2026-01-01
                """
                    .formatted(listed.ref())),
            BranchScope.everywhere(),
            "officer");

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, "customer", "unknown_customer"),
            org.assertj.core.groups.Tuple.tuple(4, "until", "bad_date"),
            org.assertj.core.groups.Tuple.tuple(5, "until", "past"));
    NotSent refused =
        (NotSent) world.send(world.request(listed, world.template(Channel.SMS, Purpose.ACTIVITY)));
    assertThat(refused.verdict().reason()).isEqualTo(WithheldReason.SUPPRESSED);
    assertThat(refused.verdict().inputs())
        .containsEntry("suppression.list", code)
        .containsEntry("suppression.until", "2027-01-31T16:00:00Z");
    assertThat(world.send(world.request(listed, world.template(Channel.EMAIL, Purpose.ACTIVITY))))
        .isInstanceOf(Sent.class);
  }

  @Test
  void nobody_is_taken_off_a_list_without_a_reason_or_out_of_his_branch() throws Exception {
    lists.save(new SuppressionList(code, "勿扰", "要求不被打扰的客户", Set.of()), "officer");
    Person person = world.person();
    String file = "customer,until\n" + person.ref() + ",2027-01-31\n";
    lists.importCsv(code, new StringReader(file), BranchScope.everywhere(), "officer");
    lists.importCsv(code, new StringReader(file), BranchScope.everywhere(), "officer");
    List<SuppressionEntry> entries = lists.entries(code, null, BranchScope.everywhere(), 0, 10);
    assertThat(entries).as("imported twice, listed once").hasSize(1);
    long id = entries.get(0).id();

    assertThatThrownBy(() -> lists.release(id, " ", BranchScope.everywhere(), "officer"))
        .hasMessageContaining("原因");
    assertThat(lists.release(id, "客户本人要求", BranchScope.of("ELSEWHERE"), "officer")).isFalse();
    assertThat(lists.release(id, "客户本人要求", BranchScope.everywhere(), "officer")).isTrue();
    assertThat(lists.release(id, "再来一次", BranchScope.everywhere(), "officer")).isFalse();
    assertThat(lists.entries(code, null, BranchScope.everywhere(), 0, 10).get(0).releasedBecause())
        .isEqualTo("客户本人要求");
    assertThat(world.send(world.request(person, world.template(Channel.SMS, Purpose.ACTIVITY))))
        .isInstanceOf(Sent.class);
    assertThat(
            lists
                .importCsv(code, new StringReader(file), BranchScope.of("ELSEWHERE"), "x")
                .problems())
        .hasSize(1);
  }

  @Test
  void a_complaint_stops_marketing_from_its_event_on_until_it_is_closed_or_a_month_is_over() {
    Person person = world.person();
    Person other = world.person();
    String template = world.template(Channel.SMS, Purpose.ACTIVITY);
    happened(person, "complaint.filed");
    happened(other, "complaint.filed");
    NotSent refused = (NotSent) world.send(world.request(person, template));
    assertThat(refused.verdict().inputs()).containsEntry("suppression.reason", "complaint");
    assertThat(world.send(world.request(person, world.template(Channel.SMS, Purpose.SERVICE))))
        .isInstanceOf(Sent.class);

    clock.advance(Duration.ofDays(1));
    happened(person, "complaint.closed");
    assertThat(world.send(world.request(person, template))).isInstanceOf(Sent.class);
    assertThat(world.send(world.request(other, template))).isInstanceOf(NotSent.class);
    clock.advance(Duration.ofDays(30));
    assertThat(world.send(world.request(other, template))).isInstanceOf(Sent.class);
  }

  private void happened(Person person, String type) {
    events.record(
        List.of(
            new InternalEvent(
                "crm",
                UUID.randomUUID().toString(),
                person.id(),
                ContactWorld.BRANCH,
                type,
                clock.instant(),
                Map.of())));
  }
}
