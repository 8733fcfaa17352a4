package io.waymark.engine;

import static io.waymark.customer.RiskTolerance.C4;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import org.junit.jupiter.api.Test;

class MarginOpeningJourneyTest extends JourneyWalk {

  private static final String MARGIN = "margin-opening";

  MarginOpeningJourneyTest() {
    super(MARGIN);
  }

  /** Somebody who may open a margin account and whom it suits. */
  private static Traveller suitable(Traveller traveller) {
    return educated(qualified(traveller).assessed(C4));
  }

  private static Traveller educated(Traveller traveller) {
    return traveller
        .tagged("education_high_risk", "true")
        .tagged("education_high_risk_at", "2026-01-05T10:00:00+08:00")
        .looksAt(Travellers.MARGIN);
  }

  private static Traveller qualified(Traveller traveller) {
    return traveller.tagged("asset_avg_20d", "800000").tagged("trading_months", "36");
  }

  /** Looked at the page once before he was qualified, so that the next look is the second. */
  private Traveller keen() {
    return suitable(travellers.somebody().does("margin.page_viewed")).does("margin.page_viewed");
  }

  private Traveller tested() {
    return keen()
        .standsAt("Gw_CourseWait")
        .does("margin.course_completed")
        .standsAt("Gw_TestWait")
        .does("margin.test_passed")
        .standsAt("Task_Advisor");
  }

  @Test
  void a_keen_customer_learns_passes_the_test_and_promises_to_open() {
    tested()
        .passed("Check_HighIntent", "Decide_Route", "Recommend_Margin", "Check_Education")
        .passed("Send_Education", "Send_ConditionsSms", "Send_Crm")
        .timeComes("Timer_AdvisorLate")
        .standsAt("Task_Advisor")
        .passed("Escalate_Advisor", "End_Escalated")
        .advisorAnswers("Task_Advisor", "will_open")
        .standsAt("Timer_Open")
        .wentBy("Send_OpenSms=done")
        .timeComes("Timer_Open")
        .left("not_opened");
  }

  @Test
  void a_second_marketing_text_within_a_day_is_withheld_and_the_wait_goes_on() {
    tested()
        .advisorAnswers("Task_Advisor", "will_open")
        .standsAt("Timer_Open")
        .wentBy("Send_ConditionsSms=done", "Send_OpenSms=withheld");
  }

  @Test
  void who_comes_back_is_reminded_of_the_course_and_may_never_take_the_test() {
    suitable(travellers.somebody())
        .does("margin.page_viewed")
        .standsAt("Gw_IntentWait")
        .does("margin.page_viewed")
        .standsAt("Gw_CourseWait")
        .timeComes("Timer_Course")
        .standsAt("Gw_CourseAgain")
        .passed("Send_Education", "Send_Reminder")
        .does("margin.course_completed")
        .standsAt("Gw_TestWait")
        .timeComes("Timer_Test")
        .left("not_tested");
  }

  @Test
  void who_does_not_come_back_was_only_curious() {
    suitable(travellers.somebody())
        .does("margin.page_viewed")
        .timeComes("Timer_Intent")
        .left("low_intent");
  }

  @Test
  void who_can_no_longer_be_reached_is_not_reminded() {
    keen()
        .unreachable()
        .timeComes("Timer_Course")
        .standsAt("Gw_CourseAgain")
        .wentBy("Send_Reminder=withheld")
        .timeComes("Timer_CourseAgain")
        .left("not_learned");
  }

  @Test
  void whose_assessment_runs_out_at_the_door_is_asked_to_renew_it_and_goes_on() {
    educated(qualified(travellers.somebody()).assessedAlmostTooLongAgo(C4))
        .waitsAtTheDoorAfter("margin.page_viewed")
        .daysPass(2)
        .itIsHisTurn()
        .standsAt("Gw_ReassessWait")
        .wentBy("Send_Reassess=done")
        .assessed(C4)
        .does("risk.assessed")
        .standsAt("Gw_IntentWait");
  }

  @Test
  void whose_assessment_runs_out_and_who_has_no_mobile_is_waited_for_in_silence() {
    educated(qualified(travellers.somebodyWithout("mobile")).assessedAlmostTooLongAgo(C4))
        .waitsAtTheDoorAfter("margin.page_viewed")
        .daysPass(2)
        .itIsHisTurn()
        .standsAt("Gw_ReassessWait")
        .wentBy("Send_Reassess=withheld")
        .timeComes("Timer_Reassess")
        .left("not_assessed");
  }

  @Test
  void who_has_taken_his_money_out_is_not_bothered() {
    suitable(travellers.somebody())
        .tagged("asset_total", "100000")
        .does("margin.page_viewed")
        .wentBy("Decide_Route=done")
        .left("not_eligible");
  }

  @Test
  void whom_margin_does_not_suit_is_told_nothing() {
    qualified(travellers.somebody().does("margin.page_viewed"))
        .assessed(C4)
        .does("margin.page_viewed")
        .wentBy("Recommend_Margin=done")
        .left("withheld");
  }

  @Test
  void who_refuses_margin_marketing_is_told_nothing() {
    suitable(travellers.somebody().does("margin.page_viewed"))
        .refuses(Purpose.MARGIN_MARKETING, Channel.EMAIL)
        .does("margin.page_viewed")
        .wentBy("Check_Education=done")
        .left("withheld");
  }

  @Test
  void a_refusal_between_check_and_send_still_counts() {
    suitable(travellers.somebody().does("margin.page_viewed"))
        .refusesDuring(
            MARGIN, "Flow_Gw_Verdict_Send_Education", Purpose.MARGIN_MARKETING, Channel.EMAIL)
        .does("margin.page_viewed")
        .wentBy("Check_Education=done", "Send_Education=withheld")
        .left("withheld");
  }

  @Test
  void who_passes_the_test_is_handed_to_an_advisor_though_no_message_may_be_sent() {
    keen()
        .refuses(Purpose.MARGIN_MARKETING, Channel.SMS)
        .does("margin.course_completed")
        .standsAt("Gw_TestWait")
        .wentBy("Send_ConditionsSms=withheld")
        .unreachable()
        .does("margin.test_passed")
        .standsAt("Task_Advisor")
        .wentBy("Send_Crm=withheld")
        .advisorAnswers("Task_Advisor", "considering")
        .standsAt("Timer_Consider")
        .timeComes("Timer_Consider")
        .left("considering");
  }

  @Test
  void who_has_an_account_elsewhere_declines_or_does_not_answer_leaves_with_that_reason() {
    tested()
        .advisorAnswers("Task_Advisor", "opened_elsewhere")
        .wentBy("Tag_Elsewhere=done")
        .left("opened_elsewhere");
    tested().advisorAnswers("Task_Advisor", "declined").left("declined");
    tested().advisorAnswers("Task_Advisor", "no_answer").left("no_answer");
  }

  @Test
  void who_opens_the_account_is_thanked_where_that_is_possible() {
    suitable(travellers.somebody())
        .does("margin.page_viewed")
        .standsAt("Gw_IntentWait")
        .does("margin.opened")
        .wentBy("Tag_Opened=done", "Send_Thanks=done")
        .left("goal");
    suitable(travellers.somebody())
        .does("margin.page_viewed")
        .unreachable()
        .does("margin.opened")
        .wentBy("Tag_Opened=done", "Send_Thanks=withheld")
        .left("goal");
  }

  @Test
  void who_complains_is_let_go() {
    keen().does("complaint.filed").wentBy("Suppress_Complaint=done").left("complaint");
  }

  @Test
  void a_customer_at_risk_is_not_marketed_to() {
    suitable(travellers.somebody())
        .does("redemption.large")
        .does("margin.page_viewed")
        .wentBy("Suppress_RiskWarning=done")
        .left("risk_warning");
  }
}
