package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.contact.ContactWorld.Person;
import io.waymark.customer.ConsentState;
import io.waymark.customer.rights.ConsentDesk;
import io.waymark.customer.rights.ConsentRefusedException;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is said to a person of the house counts at once, for what is scheduled as well. */
@ContactSlice
class WithdrawalTest {

  @Autowired ContactWorld world;
  @Autowired ConsentDesk desk;
  @Autowired Dispatcher dispatcher;
  @Autowired EvidenceLog evidence;

  @Test
  void a_refusal_at_the_counter_stops_what_is_scheduled() {
    Person person = world.person();
    UUID scheduled = world.sent(person, world.template(Channel.SMS, Purpose.ACTIVITY));
    say(person, ConsentState.REFUSED, Role.ADVISOR, "", "客户来电");
    dispatcher.dispatchDue(100);
    assertThat(world.status(scheduled)).isEqualTo("withheld");
    assertThat(evidence.ofCustomer(person.id()))
        .anySatisfy(
            row -> {
              assertThat(row.kind()).isEqualTo(EvidenceKind.CONSENT_BY_STAFF);
              assertThat(row.facts()).containsEntry("reason", "客户来电");
            });
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void only_an_officer_writes_an_agreement_down_and_who_talks_with_customers_a_refusal(Role role) {
    Person person = world.person();
    boolean officer = role == Role.COMPLIANCE;
    boolean talks = officer || role == Role.ADVISOR || role == Role.OPERATOR;
    tries(officer, () -> say(person, ConsentState.GRANTED, role, "P-1", "柜面签署"));
    tries(talks, () -> say(person, ConsentState.REFUSED, role, "", "客户来电"));
    tries(false, () -> say(person, ConsentState.UNKNOWN, role, "", "客户来电"));
  }

  @Test
  void an_agreement_needs_its_paper_and_its_text_and_every_word_a_reason() {
    Person person = world.person();
    tries(false, () -> say(person, ConsentState.GRANTED, Role.COMPLIANCE, " ", "柜面签署"));
    tries(false, () -> say(person, ConsentState.REFUSED, Role.COMPLIANCE, "", " "));
    tries(
        false,
        () ->
            desk.say(
                new ConsentDesk.Word(
                    person.ref(),
                    Purpose.ACTIVITY,
                    Channel.SMS,
                    ConsentState.GRANTED,
                    " ",
                    "P-1",
                    "柜面签署"),
                member(Role.COMPLIANCE),
                BranchScope.everywhere()));
  }

  @Test
  void a_customer_of_another_branch_is_unknown_to_the_desk() {
    Person person = world.person();
    assertThatThrownBy(
            () ->
                desk.say(
                    new ConsentDesk.Word(
                        person.ref(),
                        Purpose.ACTIVITY,
                        Channel.SMS,
                        ConsentState.REFUSED,
                        "",
                        "",
                        "客户来电"),
                    member(Role.ADVISOR),
                    BranchScope.of("elsewhere")))
        .isInstanceOf(ConsentRefusedException.class)
        .hasMessageContaining("找不到该客户");
  }

  private static void tries(boolean may, Runnable act) {
    if (may) {
      act.run();
    } else {
      assertThatThrownBy(act::run).isInstanceOf(ConsentRefusedException.class);
    }
  }

  private void say(Person person, ConsentState state, Role role, String paper, String reason) {
    desk.say(
        new ConsentDesk.Word(
            person.ref(), Purpose.ACTIVITY, Channel.SMS, state, "2026-03", paper, reason),
        member(role),
        BranchScope.everywhere());
  }

  private static StaffMember member(Role role) {
    return new StaffMember("somebody", "某人", role, "SH01", true, true);
  }
}
