package io.waymark.engine;

import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReassessmentJourneyTest extends JourneyWalk {

  private static final String REASSESSMENT = "reassessment";

  ReassessmentJourneyTest() {
    super(REASSESSMENT);
  }

  private Traveller due(Traveller traveller) {
    return traveller.does("suitability.reassessment_due", Map.of("cause", "expiring"));
  }

  @Test
  void who_redeems_again_and_again_after_small_losses_is_asked_and_assesses_himself() {
    Traveller nervous =
        travellers.somebodyFor(REASSESSMENT).assessedAlmostTooLongAgo(RiskTolerance.C3);
    for (int i = 0; i < 3; i++) {
      nervous.does("fund.redeemed", Map.of("loss_percent", "2"));
    }
    nervous
        .standsAt("Timer_First")
        .passed("Send_InApp")
        .does("risk.assessed")
        .wentBy("Goal_Reached=done")
        .left("goal");
  }

  @Test
  void who_does_not_react_is_reminded_by_an_advisor_and_may_still_not_do_it() {
    due(travellers.somebodyFor(REASSESSMENT))
        .standsAt("Timer_First")
        .timeComes("Timer_First")
        .standsAt("Timer_Second")
        .timeComes("Timer_Second")
        .standsAt("Task_Remind")
        .timeComes("Timer_RemindLate")
        .passed("Escalate_Remind", "End_Escalated")
        .advisorAnswers("Task_Remind", "will_assess")
        .standsAt("Timer_Last")
        .timeComes("Timer_Last")
        .left("not_assessed");
  }

  @Test
  void who_may_not_be_written_to_is_reminded_by_an_advisor_at_once() {
    due(travellers.somebodyFor(REASSESSMENT, "mobile").refuses(Purpose.SERVICE, Channel.IN_APP))
        .wentBy("Send_InApp=withheld", "Send_Sms=withheld")
        .standsAt("Task_Remind")
        .advisorAnswers("Task_Remind", "declined")
        .left("declined");
  }

  @Test
  void who_cannot_be_reached_leaves() {
    due(travellers.somebodyFor(REASSESSMENT))
        .timeComes("Timer_First")
        .timeComes("Timer_Second")
        .advisorAnswers("Task_Remind", "no_answer")
        .left("no_answer");
  }
}
