package io.waymark.engine.step;

import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.Truth;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Segmentation (人群判断): is the customer in this audience now? */
@Component
class CheckAudience extends StepForMany<Truth> {

  private final AudienceQuestions audiences;
  private final Clock clock;

  CheckAudience(
      JourneyTransactions transactions,
      StepsTogether together,
      AudienceQuestions audiences,
      Clock clock) {
    super(new StepSettings("checkAudience", Set.of("audience"), Set.of()), transactions, together);
    this.audiences = audiences;
    this.clock = clock;
  }

  @Override
  List<Truth> ask(List<StepCall> calls) {
    Map<String, List<Long>> asked =
        calls.stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.setting("audience"),
                    Collectors.mapping(StepCall::customerId, Collectors.toList())));
    Map<String, Map<Long, Truth>> found = new HashMap<>();
    asked.forEach(
        (audience, customers) ->
            found.put(audience, audiences.test(audience, customers, clock.instant())));
    return calls.stream()
        .map(
            call ->
                Objects.requireNonNull(found.get(call.setting("audience")))
                    .getOrDefault(call.customerId(), Truth.UNKNOWN))
        .toList();
  }

  @Override
  void conclude(StepCall call, Truth truth) {
    call.set("inAudience", truth.name().toLowerCase(Locale.ROOT));
  }
}
