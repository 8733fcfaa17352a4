package io.waymark.engine;

import org.junit.jupiter.api.Test;

class RiskWarningJourneyTest extends JourneyWalk {

  private static final String RISK_WARNING = "risk-warning";

  RiskWarningJourneyTest() {
    super(RISK_WARNING);
  }

  private Traveller alarmed(String... unknownAddresses) {
    return travellers
        .somebodyFor(RISK_WARNING, unknownAddresses)
        .does("redemption.large")
        .entersByAudience(RISK_WARNING)
        .standsAt("Task_Interview");
  }

  @Test
  void who_is_calm_again_after_the_interview_has_completed_it() {
    alarmed()
        .passed("Suppress_Marketing", "Send_Notice")
        .timeComes("Timer_InterviewLate")
        .standsAt("Task_Interview")
        .passed("Escalate_Interview", "End_Escalated")
        .advisorAnswers("Task_Interview", "calm")
        .wentBy("Tag_Calm=done")
        .left("completed");
  }

  @Test
  void who_has_no_mobile_is_interviewed_all_the_same_and_may_need_more_time() {
    alarmed("mobile")
        .wentBy("Send_Notice=withheld")
        .advisorAnswers("Task_Interview", "follow_up")
        .wentBy("Suppress_Longer=done", "Tag_FollowUp=done")
        .left("completed");
  }

  @Test
  void who_does_not_answer_leaves() {
    alarmed().advisorAnswers("Task_Interview", "no_answer").left("no_answer");
  }

  @Test
  void who_waits_for_the_interview_is_not_let_in_twice() {
    alarmed().entersByAudience(RISK_WARNING).standsAt("Task_Interview");
  }
}
