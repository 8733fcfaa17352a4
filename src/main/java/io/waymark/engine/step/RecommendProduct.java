package io.waymark.engine.step;

import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.recommend.Recommendation;
import io.waymark.recommend.Recommender;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Recommendation (推荐): the product that suits and interests the customer, or {@code none}. */
@Component
class RecommendProduct extends StepForMany<String> {

  private final Recommender recommender;
  private final GateFactsReader facts;
  private final Clock clock;

  RecommendProduct(
      JourneyTransactions transactions,
      StepsTogether together,
      Recommender recommender,
      GateFactsReader facts,
      Clock clock) {
    super(new StepSettings("recommendProduct", Set.of("pool"), Set.of()), transactions, together);
    this.recommender = recommender;
    this.facts = facts;
    this.clock = clock;
  }

  @Override
  List<String> ask(List<StepCall> calls) {
    Map<Long, GateFacts> known = facts.read(calls.stream().map(StepCall::customerId).toList());
    Map<String, List<GateFacts>> asked = new HashMap<>();
    for (StepCall call : calls) {
      asked
          .computeIfAbsent(call.setting("pool"), any -> new ArrayList<>())
          .add(Objects.requireNonNull(known.get(call.customerId())));
    }
    Map<String, Map<Long, Recommendation>> found = new HashMap<>();
    asked.forEach(
        (pool, customers) ->
            found.put(pool, recommender.recommend(customers, pool, clock.instant())));
    return calls.stream()
        .map(call -> Objects.requireNonNull(found.get(call.setting("pool"))).get(call.customerId()))
        .map(one -> one == null ? "none" : one.productCode())
        .toList();
  }

  @Override
  void conclude(StepCall call, String product) {
    call.set("product", product);
  }
}
