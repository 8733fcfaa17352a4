package io.waymark.engine.setup;

import io.waymark.engine.review.ReviewStep;
import io.waymark.engine.sandbox.CalendarFunctions;
import io.waymark.engine.sandbox.DeploymentCheck;
import io.waymark.engine.step.Step;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sandbox as this installation has it: one for the engine's door and for whoever draws. */
@Configuration(proxyBeanMethods = false)
class SandboxSettings {

  @Bean
  DeploymentCheck deploymentCheck(List<Step> steps, List<ReviewStep> reviewSteps) {
    return new DeploymentCheck(
        steps.stream().map(Step::settings).toList(),
        CalendarFunctions.all().keySet(),
        reviewSteps.stream().map(ReviewStep::name).collect(Collectors.toSet()));
  }
}
