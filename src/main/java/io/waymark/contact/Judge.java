package io.waymark.contact;

import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.content.Rendered;
import io.waymark.content.TemplateVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Puts a batch through the chain and, where the chain lets it pass, through the reading of its
 * text. Requests for one customer see each other; the one of higher priority is asked first.
 */
@Component
class Judge {

  private final GateChain chain;
  private final Composer composer;
  private final TextModel texts;

  Judge(@Qualifier("messageGates") GateChain chain, Composer composer, TextModel texts) {
    this.chain = chain;
    this.composer = composer;
    this.texts = texts;
  }

  /** Judges new requests, writing the text of those that pass. */
  List<Judged> judge(Map<UUID, ContactRequest> requests, BatchFacts facts, Instant now) {
    Map<Long, String> names =
        texts.names(requests.values().stream().map(ContactRequest::customerId).distinct().toList());
    return inOrder(requests, (id, request) -> judgeNew(id, request, facts, names, now));
  }

  /**
   * Judges each request by the first of its texts that may go. Those before it were tried; what
   * they were refused for is told as checks.
   *
   * @param courses the texts of requests that have several; the others have the one they name
   */
  Choice choose(
      Map<UUID, ContactRequest> requests,
      Map<UUID, Course> courses,
      BatchFacts facts,
      Instant now) {
    List<Judged> chosen = new ArrayList<>();
    List<Judged> tried = new ArrayList<>();
    Map<UUID, ContactRequest> asking = new LinkedHashMap<>();
    requests.forEach(
        (id, request) -> {
          Course course = courses.get(id);
          asking.put(id, course == null ? request : request.in(course.texts().get(0)));
        });
    while (!asking.isEmpty()) {
      List<Judged> answers = judge(asking, facts, now);
      asking.clear();
      for (Judged one : answers) {
        Course course = courses.get(one.messageId());
        List<String> left =
            course == null ? List.of() : course.after(one.request().template()).texts();
        if (one.withheld() && !left.isEmpty()) {
          tried.add(one);
          asking.put(one.messageId(), one.request().in(left.get(0)));
        } else {
          chosen.add(one);
        }
      }
    }
    return new Choice(chosen, tried);
  }

  /** What was chosen for each request, and what was refused on the way. */
  record Choice(List<Judged> chosen, List<Judged> tried) {}

  /** Judges messages again whose text is frozen, before they leave. */
  List<Judged> judgeAgain(
      Map<UUID, ContactRequest> requests, Map<UUID, Frozen> frozen, BatchFacts facts, Instant now) {
    return inOrder(
        requests,
        (id, request) -> {
          Frozen text = frozen.get(id);
          return text == null ? null : judgeFrozen(id, request, text, facts, now);
        });
  }

  private static List<Judged> inOrder(Map<UUID, ContactRequest> requests, One one) {
    List<Judged> judged = new ArrayList<>();
    byPriority(requests.entrySet())
        .forEach(
            entry -> {
              Judged answer = one.judge(entry.getKey(), entry.getValue());
              if (answer != null) {
                judged.add(answer);
              }
            });
    return judged;
  }

  private static List<Map.Entry<UUID, ContactRequest>> byPriority(
      Collection<Map.Entry<UUID, ContactRequest>> entries) {
    return entries.stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<UUID, ContactRequest> entry) -> entry.getValue().priority())
                .reversed())
        .toList();
  }

  private Judged judgeNew(
      UUID id, ContactRequest request, BatchFacts batch, Map<Long, String> names, Instant now) {
    ContactFacts facts = batch.of(request, id);
    GateChain.Decision decision = chain.ask(new GateQuestion(request, facts, batch.policy(), now));
    TemplateVersion template = facts.template();
    if (decision.verdict() instanceof Withheld || template == null || facts.customer() == null) {
      return new Judged(id, request, template, decision, null, null);
    }
    String name = names.get(request.customerId());
    if (name == null) {
      return new Judged(
          id,
          request,
          template,
          decision.withheldBy(
              Composer.RENDER, WithheldReason.CUSTOMER_UNKNOWN, Map.of("name", "erased")),
          null,
          null);
    }
    Composer.Composed composed =
        composer.compose(template, texts.of(request, facts.customer(), name, facts.product()));
    return settle(id, request, template, decision, composed, batch, now);
  }

  private Judged judgeFrozen(
      UUID id, ContactRequest request, Frozen frozen, BatchFacts batch, Instant now) {
    ContactFacts facts = batch.of(request, id).approvedAs(frozen.templateVersionId());
    GateChain.Decision decision = chain.ask(new GateQuestion(request, facts, batch.policy(), now));
    TemplateVersion template = facts.template();
    if (decision.verdict() instanceof Withheld || template == null) {
      return new Judged(id, request, template, decision, null, null);
    }
    return settle(
        id,
        request,
        template,
        decision,
        composer.inspect(template.metadata(), frozen.text()),
        batch,
        now);
  }

  private Judged settle(
      UUID id,
      ContactRequest request,
      TemplateVersion template,
      GateChain.Decision decision,
      Composer.Composed composed,
      BatchFacts batch,
      Instant now) {
    Rendered rendered = composed.rendered();
    Optional<RecallTarget> recalled =
        rendered == null ? Optional.empty() : batch.recalls().in(rendered.whole());
    if (recalled.isPresent()) {
      // The words are not repeated: inputs are codes.
      return new Judged(
          id,
          request,
          template,
          decision.withheldBy(
              "recall", WithheldReason.RECALLED, Map.of("recalled", RecallKind.PHRASE.code())),
          null,
          composed.rulePack());
    }
    WithheldReason reason = composed.reason();
    String gate = composed.gate();
    if (reason != null && gate != null) {
      return new Judged(
          id,
          request,
          template,
          decision.withheldBy(gate, reason, composed.inputs()),
          null,
          composed.rulePack());
    }
    Judged judged =
        new Judged(id, request, template, decision, composed.rendered(), composed.rulePack());
    batch.count(judged, judged.leavesAt(now));
    return judged;
  }

  @FunctionalInterface
  private interface One {
    @Nullable Judged judge(UUID id, ContactRequest request);
  }

  /** A text frozen earlier and the template version it was made from. */
  record Frozen(long templateVersionId, Rendered text) {}
}
