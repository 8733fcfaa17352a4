package io.waymark.engine;

import static io.waymark.customer.RiskTolerance.C4;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import org.junit.jupiter.api.Test;

class FundDcaJourneyTest extends JourneyWalk {

  private static final String DCA = "fund-dca";
  private static final String INTRO = "dca-intro";
  private static final String ALLOWED = "Flow_Gw_IntroVerdict_Assign_Intro";

  FundDcaJourneyTest() {
    super(DCA);
  }

  /** Somebody with idle cash who may be offered the fund he looked at. */
  private static Traveller interested(Traveller traveller) {
    return withCash(traveller).assessed(C4).looksAt(Travellers.FUND);
  }

  private static Traveller withCash(Traveller traveller) {
    return traveller.tagged("cash_balance", "5000");
  }

  private Traveller enters(Traveller traveller) {
    return traveller.entersByAudience(DCA);
  }

  private Traveller drawing(String variant) {
    return enters(interested(travellers.somebodyDrawing(DCA, INTRO, variant)))
        .standsAt("Gw_AdWait");
  }

  @Test
  void a_customer_at_risk_is_not_marketed_to() {
    enters(withCash(travellers.somebodyFor(DCA)).does("redemption.large"))
        .wentBy("Suppress_RiskWarning=done")
        .left("risk_warning");
  }

  @Test
  void who_looks_at_the_fund_gets_a_text_after_two_days() {
    drawing("A")
        .passed("Recommend_New", "Check_Intro", "Assign_Intro", "Send_IntroA")
        .does("fund.page_viewed")
        .standsAt("Timer_Think")
        .timeComes("Timer_Think")
        .standsAt("Gw_SmsResult")
        .messageSettles("delivered")
        .standsAt("Timer_Convert")
        .timeComes("Timer_Convert")
        .left("not_converted");
  }

  @Test
  void who_does_not_look_gets_a_mail_and_who_creates_a_plan_reaches_the_goal() {
    drawing("B")
        .timeComes("Timer_Ad")
        .standsAt("Timer_Convert")
        .passed("Send_IntroB", "Timer_Ad", "Send_IntroEmail")
        .does("dca.created")
        .left("goal");
  }

  @Test
  void a_text_without_receipt_is_followed_by_a_mail_and_a_complaint_ends_it_all() {
    drawing("A")
        .does("fund.page_viewed")
        .timeComes("Timer_Think")
        .timeComes("Timer_SmsSilent")
        .standsAt("Timer_Convert")
        .passed("Send_IntroSms", "Send_IntroEmail")
        .does("complaint.filed")
        .wentBy("Suppress_Complaint=done")
        .left("complaint");
  }

  @Test
  void a_text_that_failed_is_followed_by_a_mail() {
    drawing("B")
        .does("fund.page_viewed")
        .timeComes("Timer_Think")
        .messageSettles("failed")
        .standsAt("Timer_Convert")
        .passed("Send_IntroSms", "Gw_SmsDelivered", "Send_IntroEmail");
  }

  @Test
  void who_can_no_longer_be_reached_leaves() {
    drawing("A")
        .does("fund.page_viewed")
        .unreachable()
        .timeComes("Timer_Think")
        .wentBy("Send_IntroSms=withheld", "Send_IntroEmail=withheld")
        .left("unreachable");
  }

  @Test
  void whom_no_fund_suits_is_told_the_rules_of_such_plans() {
    enters(withCash(travellers.somebodyFor(DCA)).looksAt(Travellers.FUND))
        .wentBy("Recommend_New=done", "Send_Conditions=done")
        .left("unsuitable");
  }

  @Test
  void who_refuses_marketing_is_told_the_rules_unless_he_refuses_those_too() {
    Traveller first = interested(travellers.somebodyFor(DCA));
    Traveller second = interested(travellers.somebodyFor(DCA));
    first.refuses(Purpose.PRODUCT_MARKETING, Channel.IN_APP);
    second.refuses(Purpose.PRODUCT_MARKETING, Channel.IN_APP);
    second.refuses(Purpose.EDUCATION, Channel.IN_APP);
    enters(first).wentBy("Check_Intro=done", "Send_Conditions=done").left("unsuitable");
    second.wentBy("Check_Intro=done", "Send_Conditions=withheld").left("unsuitable");
  }

  @Test
  void a_refusal_between_check_and_send_still_counts() {
    for (String variant : new String[] {"A", "B"}) {
      enters(
              interested(travellers.somebodyDrawing(DCA, INTRO, variant))
                  .refusesDuring(DCA, ALLOWED, Purpose.PRODUCT_MARKETING, Channel.IN_APP))
          .wentBy("Check_Intro=done", "Send_Intro" + variant + "=withheld")
          .left("withheld");
    }
  }

  @Test
  void who_ended_a_plan_is_told_how_to_begin_again() {
    enters(interested(travellers.somebodyFor(DCA)).does("dca.terminated"))
        .standsAt("Timer_Restart")
        .passed("Check_Failed", "Recommend_Again", "Check_Restart", "Send_Restart")
        .timeComes("Timer_Restart")
        .left("not_restarted");
  }

  @Test
  void who_ended_a_plan_and_whom_no_fund_suits_is_told_the_rules() {
    enters(withCash(travellers.somebodyFor(DCA)).does("dca.terminated"))
        .wentBy("Recommend_Again=done", "Send_ConditionsAgain=done")
        .left("unsuitable");
  }

  @Test
  void who_ended_a_plan_and_refuses_marketing_and_education_hears_nothing() {
    enters(
            interested(travellers.somebodyFor(DCA))
                .does("dca.terminated")
                .refuses(Purpose.PRODUCT_MARKETING, Channel.EMAIL)
                .refuses(Purpose.EDUCATION, Channel.IN_APP))
        .wentBy("Check_Restart=done", "Send_ConditionsAgain=withheld")
        .left("unsuitable");
  }

  @Test
  void who_ended_a_plan_and_refuses_between_check_and_send_hears_nothing() {
    enters(
            interested(travellers.somebodyFor(DCA))
                .does("dca.terminated")
                .refusesDuring(
                    DCA,
                    "Flow_Gw_RestartVerdict_Send_Restart",
                    Purpose.PRODUCT_MARKETING,
                    Channel.EMAIL))
        .wentBy("Send_Restart=withheld")
        .left("withheld");
  }

  @Test
  void whose_deduction_failed_is_told_and_the_next_one_that_succeeds_is_the_goal() {
    enters(travellers.somebodyFor(DCA).does("dca.deduct_failed"))
        .standsAt("Gw_DeductWait")
        .passed("Check_Failed", "Send_Failed")
        .does("dca.deduct_succeeded")
        .wentBy("Goal_Recovered=done")
        .left("goal");
  }

  @Test
  void whose_deduction_failed_and_who_has_no_mobile_is_waited_for_in_silence() {
    enters(travellers.somebodyFor(DCA, "mobile").does("dca.deduct_failed"))
        .standsAt("Gw_DeductWait")
        .wentBy("Send_Failed=withheld")
        .timeComes("Timer_Deduct")
        .left("still_failing");
  }
}
