package io.waymark.engine.step;

import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.recommend.Recommendation;
import io.waymark.recommend.Recommender;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Recommendation (推荐): the product that suits and interests the customer, or {@code none}. */
@Component
class RecommendProduct extends Step {

  private final Recommender recommender;
  private final GateFactsReader facts;
  private final Clock clock;

  RecommendProduct(
      JourneyTransactions transactions,
      Recommender recommender,
      GateFactsReader facts,
      Clock clock) {
    super(new StepSettings("recommendProduct", Set.of("pool"), Set.of()), transactions);
    this.recommender = recommender;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  void run(StepCall call) {
    GateFacts customer =
        Objects.requireNonNull(facts.read(List.of(call.customerId())).get(call.customerId()));
    call.set(
        "product",
        recommender
            .recommend(customer, call.setting("pool"), clock.instant())
            .map(Recommendation::productCode)
            .orElse("none"));
  }
}
