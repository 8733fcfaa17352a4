package io.waymark.testing;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Puts the clock back before each test method, because contexts are shared between test classes.
 */
class ClockReset implements TestExecutionListener {

  @Override
  public void beforeTestMethod(TestContext context) {
    context
        .getApplicationContext()
        .getBeanProvider(MovableClock.class)
        .ifAvailable(MovableClock::reset);
  }
}
