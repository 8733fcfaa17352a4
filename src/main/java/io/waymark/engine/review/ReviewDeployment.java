package io.waymark.engine.review;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.sandbox.ReviewDrawing;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Deploys the review as shipped when the application starts, before anything can be submitted. A
 * review under way stays on the drawing it began with.
 */
@Component
@Order(4)
class ReviewDeployment implements ApplicationRunner {

  private final JourneyDeployments deployments;

  ReviewDeployment(JourneyDeployments deployments) {
    this.deployments = deployments;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    deployments.deploy(ReviewDrawing.KEY, ReviewDrawing.files());
  }
}
