package io.waymark.engine;

import io.waymark.customer.RiskTolerance;
import io.waymark.testing.WaymarkTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@WaymarkTest
@Import({Travellers.class, FlowsTaken.class})
class OnboardingJourneyTest {

  @Autowired Travellers travellers;

  @Test
  void a_customer_who_funds_the_account_reaches_the_goal() {
    travellers
        .somebody()
        .assessed(RiskTolerance.C3)
        .tagged("experience", "mature")
        .tagged("trading_months", "60")
        .does("account.opened")
        .standsAt("Gw_WelcomeResult")
        .messageSettles("delivered")
        .standsAt("Timer_Guide")
        .does("account.funded")
        .left("goal");
  }
}
