package io.waymark.engine;

import static io.waymark.customer.RiskTolerance.C3;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import org.junit.jupiter.api.Test;

class WinBackJourneyTest extends JourneyWalk {

  private static final String WIN_BACK = "win-back";

  WinBackJourneyTest() {
    super(WIN_BACK);
  }

  /** Somebody with assets who has not been seen for long. */
  private Traveller dormant(String... unknownAddresses) {
    return travellers.somebodyFor(WIN_BACK, unknownAddresses).tagged("asset_total", "20000");
  }

  /** Nobody reads what he is sent, so that an advisor has to call. */
  private static Traveller called(Traveller traveller) {
    return traveller
        .entersByAudience(WIN_BACK)
        .standsAt("Gw_SmsResult")
        .messageSettles("delivered")
        .standsAt("Gw_ReviewWait")
        .timeComes("Timer_Review")
        .standsAt("Task_Call");
  }

  /** The same, and the fund he once looked at suits him. */
  private Traveller calledAndSuited() {
    return called(dormant().assessed(C3).looksAt(Travellers.FUND));
  }

  @Test
  void a_customer_at_risk_is_not_called_back() {
    dormant()
        .does("redemption.large")
        .entersByAudience(WIN_BACK)
        .wentBy("Suppress_RiskWarning=done")
        .left("risk_warning");
  }

  @Test
  void who_reads_the_review_of_his_holdings_is_left_alone() {
    dormant()
        .entersByAudience(WIN_BACK)
        .standsAt("Gw_SmsResult")
        .messageSettles("delivered")
        .does("holding.reviewed")
        .standsAt("Timer_Reviewed")
        .timeComes("Timer_Reviewed")
        .left("reviewed");
  }

  @Test
  void who_finds_the_app_hard_is_taught() {
    dormant()
        .entersByAudience(WIN_BACK)
        .standsAt("Gw_SmsResult")
        .timeComes("Timer_SmsSilent")
        .standsAt("Gw_ReviewWait")
        .passed("Send_ReviewSms", "Send_ReviewEmail")
        .timeComes("Timer_Review")
        .timeComes("Timer_CallLate")
        .standsAt("Task_Call")
        .passed("Escalate_Call", "End_Escalated")
        .advisorAnswers("Task_Call", "unskilled")
        .standsAt("Timer_Tutorial")
        .wentBy("Send_Tutorial=done", "Send_Teaching=done")
        .timeComes("Timer_Tutorial")
        .left("taught");
  }

  @Test
  void who_is_dissatisfied_is_shown_something_steadier() {
    dormant()
        .assessed(C3)
        .looksAt(Travellers.FUND)
        .entersByAudience(WIN_BACK)
        .standsAt("Gw_SmsResult")
        .messageSettles("failed")
        .standsAt("Gw_ReviewWait")
        .passed("Gw_SmsDelivered", "Send_ReviewEmail")
        .timeComes("Timer_Review")
        .advisorAnswers("Task_Call", "dissatisfied")
        .standsAt("Timer_Steady")
        .passed("Recommend_Steady", "Check_Steady", "Send_Steady")
        .timeComes("Timer_Steady")
        .left("not_back");
  }

  @Test
  void who_cannot_be_written_to_is_called_and_who_trades_again_is_back() {
    dormant("mobile", "email")
        .entersByAudience(WIN_BACK)
        .standsAt("Task_Call")
        .wentBy("Send_ReviewSms=withheld", "Send_ReviewEmail=withheld")
        .unreachable()
        .advisorAnswers("Task_Call", "unskilled")
        .standsAt("Timer_Tutorial")
        .wentBy("Send_Tutorial=withheld", "Send_Teaching=withheld")
        .does("trade.executed")
        .left("goal");
  }

  @Test
  void who_refuses_marketing_gets_a_review_of_his_holdings_instead() {
    calledAndSuited()
        .refuses(Purpose.PRODUCT_MARKETING, Channel.EMAIL)
        .advisorAnswers("Task_Call", "dissatisfied")
        .standsAt("Timer_Steady")
        .wentBy("Check_Steady=done", "Send_ReviewAgain=done");
  }

  @Test
  void a_refusal_between_check_and_send_still_counts() {
    calledAndSuited()
        .refusesDuring(
            WIN_BACK, "Flow_Gw_SteadyVerdict_Send_Steady", Purpose.PRODUCT_MARKETING, Channel.EMAIL)
        .advisorAnswers("Task_Call", "dissatisfied")
        .standsAt("Timer_Steady")
        .wentBy("Send_Steady=withheld", "Send_ReviewAgain=done");
  }

  @Test
  void who_is_dissatisfied_without_an_assessment_and_has_no_mail_leaves() {
    called(dormant("email"))
        .advisorAnswers("Task_Call", "dissatisfied")
        .wentBy("Decide_Treatment=done", "Send_ReviewAgain=withheld")
        .left("unreachable");
  }

  @Test
  void who_wants_to_be_left_alone_is_left_alone_for_a_year() {
    called(dormant())
        .advisorAnswers("Task_Call", "refused")
        .wentBy("Suppress_Refused=done")
        .left("refused");
  }

  @Test
  void who_has_no_time_leaves() {
    called(dormant()).advisorAnswers("Task_Call", "no_time").left("no_need");
  }

  @Test
  void who_complains_is_let_go() {
    called(dormant())
        .does("complaint.filed")
        .wentBy("Task_Call=interrupted", "Suppress_Complaint=done")
        .left("complaint");
  }
}
