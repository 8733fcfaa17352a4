package io.waymark.engine;

import static io.waymark.customer.RiskTolerance.C3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.CalendarUnknownException;
import org.junit.jupiter.api.Test;

class OnboardingJourneyTest extends JourneyWalk {

  private static final String GUIDE = "onboarding-fund-guide";

  OnboardingJourneyTest() {
    super("onboarding");
  }

  private static Traveller newbie(Traveller traveller) {
    return traveller.tagged("experience", "newbie").tagged("trading_months", "0");
  }

  private static Traveller mature(Traveller traveller) {
    return traveller.assessed(C3).tagged("experience", "mature").tagged("trading_months", "60");
  }

  @Test
  void a_customer_who_funds_the_account_reaches_the_goal() {
    mature(travellers.somebody())
        .does("account.opened")
        .standsAt("Gw_WelcomeResult")
        .messageSettles("delivered")
        .standsAt("Timer_Guide")
        .does("account.funded")
        .left("goal");
  }

  @Test
  void a_newbie_takes_test_and_course_is_guided_twice_and_promises_the_advisor_to_fund() {
    newbie(travellers.somebodyDrawing("onboarding", GUIDE, "A"))
        .does("account.opened")
        .timeComes("Timer_WelcomeSilent")
        .standsAt("Gw_AssessmentWait")
        .assessed(C3)
        .does("risk.assessed")
        .standsAt("Gw_CourseWait")
        .does("course.completed")
        .standsAt("Timer_Guide")
        .passed("Send_WelcomeSms", "Send_WelcomeEmail", "Send_Assessment", "Send_Badge")
        .timeComes("Timer_Guide")
        .standsAt("Timer_NotFunded")
        .passed("Check_Guide", "Assign_Guide", "Send_GuideA")
        .timeComes("Timer_NotFunded")
        .standsAt("Task_Advisor")
        .timeComes("Timer_AdvisorLate")
        .standsAt("Task_Advisor")
        .passed("Escalate_Advisor", "End_Escalated")
        .advisorAnswers("Task_Advisor", "will_fund")
        .standsAt("Timer_LastWait")
        .timeComes("Timer_LastWait")
        .left("not_funded");
  }

  @Test
  void who_gives_up_the_risk_test_half_way_is_asked_again_and_may_decline_in_the_end() {
    newbie(travellers.somebodyDrawing("onboarding", GUIDE, "B"))
        .assessedLongAgo(C3)
        .does("account.opened")
        .messageSettles("failed")
        .standsAt("Gw_AssessmentWait")
        .does("account.step_abandoned")
        .standsAt("Gw_ResumeWait")
        .assessed(C3)
        .does("risk.assessed")
        .standsAt("Gw_CourseWait")
        .timeComes("Timer_Course")
        .timeComes("Timer_Guide")
        .standsAt("Timer_NotFunded")
        .passed("Send_WelcomeEmail", "Send_Assessment", "Send_Resume", "Send_GuideB")
        .timeComes("Timer_NotFunded")
        .advisorAnswers("Task_Advisor", "declined")
        .left("declined");
  }

  @Test
  void who_has_no_mobile_is_welcomed_by_mail_and_called_when_no_text_reaches_him() {
    travellers
        .somebodyWithout("mobile")
        .does("account.opened")
        .standsAt("Gw_AssessmentWait")
        .timeComes("Timer_Assessment")
        .standsAt("Gw_ResumeWait")
        .timeComes("Timer_Resume")
        .standsAt("Task_Advisor")
        .wentBy("Send_WelcomeSms=withheld", "Send_WelcomeEmail=done")
        .wentBy("Send_Assessment=withheld", "Send_Resume=withheld")
        .advisorAnswers("Task_Advisor", "no_answer")
        .left("no_answer");
  }

  @Test
  void who_has_neither_mobile_nor_mail_is_welcomed_in_the_app_and_let_go_when_he_complains() {
    travellers
        .somebodyWithout("mobile", "email")
        .does("account.opened")
        .standsAt("Gw_AssessmentWait")
        .wentBy("Send_WelcomeEmail=withheld", "Send_WelcomeInApp=done")
        .does("complaint.filed")
        .left("complaint");
  }

  @Test
  void who_cannot_be_reached_at_all_leaves_at_once() {
    travellers.somebody().unreachable().does("account.opened").left("unreachable");
  }

  @Test
  void who_refuses_education_still_gets_his_badge() {
    newbie(travellers.somebody())
        .assessed(C3)
        .refuses(Purpose.EDUCATION, Channel.IN_APP)
        .does("account.opened")
        .messageSettles("delivered")
        .standsAt("Gw_CourseWait")
        .does("course.completed")
        .standsAt("Timer_Guide")
        .wentBy("Send_Course=withheld", "Send_Badge=done");
  }

  @Test
  void who_dies_on_the_way_gets_nothing_more() {
    newbie(travellers.somebody())
        .assessed(C3)
        .does("account.opened")
        .messageSettles("delivered")
        .standsAt("Gw_CourseWait")
        .unreachable()
        .does("course.completed")
        .timeComes("Timer_Guide")
        .standsAt("Timer_Education")
        .wentBy("Send_Badge=withheld", "Send_Education=withheld")
        .timeComes("Timer_Education")
        .left("withheld");
  }

  @Test
  void who_refuses_mail_is_educated_in_the_app_instead_of_guided() {
    mature(travellers.somebody())
        .refuses(Purpose.EDUCATION, Channel.EMAIL)
        .does("account.opened")
        .messageSettles("delivered")
        .timeComes("Timer_Guide")
        .standsAt("Timer_Education")
        .passed("Check_Guide", "Gw_Verdict", "Send_Education")
        .wentBy("Send_Education=done");
  }

  @Test
  void a_refusal_between_check_and_send_still_counts() {
    for (String variant : new String[] {"A", "B"}) {
      mature(travellers.somebodyDrawing("onboarding", GUIDE, variant))
          .does("account.opened")
          .messageSettles("delivered")
          .refusesDuring(
              "onboarding", "Flow_Gw_Verdict_Assign_Guide", Purpose.EDUCATION, Channel.EMAIL)
          .timeComes("Timer_Guide")
          .wentBy("Send_Guide" + variant + "=withheld")
          .left("withheld");
    }
  }

  /** Nobody has published the trading days of 2027, and the engine must not guess them. */
  @Test
  void a_customer_whose_step_fails_is_counted_as_failed_until_he_goes_on() {
    Traveller traveller = newbie(travellers.somebody()).assessed(C3).clockAt(2026, 12, 29, 10);
    traveller.does("account.opened").messageSettles("delivered").standsAt("Gw_CourseWait");
    int retries = traveller.job("Timer_Course").getRetries();
    for (int i = 0; i < retries; i++) {
      assertThatThrownBy(() -> traveller.timeComes("Timer_Course"))
          .hasRootCauseInstanceOf(CalendarUnknownException.class);
    }
    assertThat(traveller.job("Timer_Course").getRetries()).isZero();
    assertThat(traveller.failedAt()).containsExactly("Gw_CourseWait");
    traveller.does("account.funded").left("goal");
    assertThat(traveller.failedAt()).isEmpty();
  }

  /** The answer is safe, so nobody is asked twice; the customer stands at the task until repair. */
  @Test
  void a_customer_whose_journey_fails_after_the_answer_is_counted_as_failed_at_the_task() {
    String broken = "Flow_Gw_Outcome_Timer_LastWait";
    Traveller traveller = calledByAnAdvisor().breaksDownAt("onboarding", broken);
    traveller.advisorHasAnswered("Task_Advisor", "will_fund");
    assertThat(traveller.openVisits()).containsExactly("Task_Advisor");
    int retries = traveller.job("Task_Advisor").getRetries();
    for (int i = 0; i < retries; i++) {
      assertThatThrownBy(traveller::goesOn).isInstanceOf(IllegalStateException.class);
    }
    assertThat(traveller.failedAt()).containsExactly("Task_Advisor");
    traveller.repairedAt("onboarding", broken).goesOn().standsAt("Timer_LastWait");
    assertThat(traveller.failedAt()).isEmpty();
    assertThat(traveller.openVisits()).containsExactly("Timer_LastWait");
    traveller.wentBy("Task_Advisor=done");
  }

  @Test
  void who_funds_the_account_just_after_the_answer_reaches_the_goal() {
    Traveller traveller = calledByAnAdvisor().advisorHasAnswered("Task_Advisor", "will_fund");
    traveller.does("account.funded").left("goal");
    assertThat(traveller.openVisits()).isEmpty();
  }

  /** An escalation that cannot be made hides nobody: the customer counts as failed at the task. */
  @Test
  void a_customer_whose_escalation_fails_is_counted_as_failed_at_the_task() {
    String broken = "Flow_Timer_AdvisorLate_Escalate_Advisor";
    Traveller traveller = calledByAnAdvisor().breaksDownAt("onboarding", broken);
    int retries = traveller.job("Timer_AdvisorLate").getRetries();
    for (int i = 0; i < retries; i++) {
      assertThatThrownBy(() -> traveller.timeComes("Timer_AdvisorLate"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(traveller.failedAt()).containsExactly("Task_Advisor");
    traveller.repairedAt("onboarding", broken).timeComes("Timer_AdvisorLate");
    assertThat(traveller.failedAt()).isEmpty();
    traveller.standsAt("Task_Advisor").wentBy("Escalate_Advisor=done");
  }

  private Traveller calledByAnAdvisor() {
    return travellers
        .somebodyWithout("mobile")
        .does("account.opened")
        .timeComes("Timer_Assessment")
        .timeComes("Timer_Resume")
        .standsAt("Task_Advisor");
  }
}
