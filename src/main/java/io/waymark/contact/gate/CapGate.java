package io.waymark.contact.gate;

import io.waymark.contact.Cap;
import io.waymark.contact.ContactFacts.Counted;
import io.waymark.contact.Gate;
import io.waymark.contact.GateAnswer;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * No more messages than the policy allows, over all journeys. It counts at the moment the message
 * would leave, so what waits for the morning takes a place of tomorrow. A clearly more important
 * message takes the place of one that still waits, the least important first, the one that would
 * leave last among equals; never of one that was sent.
 */
final class CapGate implements Gate {

  private static final Comparator<Counted> WHO_GIVES_WAY =
      Comparator.comparingInt(Counted::priority)
          .thenComparing(Counted::at, Comparator.reverseOrder());

  @Override
  public String code() {
    return "cap";
  }

  @Override
  public GateAnswer ask(GateQuestion question) {
    Optional<Purpose> purpose = question.purpose();
    Optional<Channel> channel = question.channel();
    if (purpose.isEmpty() || channel.isEmpty()) {
      return GateAnswer.pass();
    }
    int priority = question.request().priority();
    Instant leaves = Leaving.at(question, channel.get(), purpose.get());
    List<Counted> left = new ArrayList<>(question.facts().counted());
    List<UUID> displaced = new ArrayList<>();
    for (Cap cap : question.policy().capsOn(channel.get(), purpose.get(), priority)) {
      List<Counted> taken = cap.taken(left, leaves);
      long tooMany = taken.size() - cap.max() + 1;
      if (tooMany <= 0) {
        continue;
      }
      int most = priority - question.policy().preemption().margin();
      List<Counted> givingWay =
          taken.stream()
              .filter(one -> one.waiting() != null && one.priority() <= most)
              .sorted(WHO_GIVES_WAY)
              .limit(tooMany)
              .toList();
      if (givingWay.size() < tooMany) {
        return GateAnswer.withhold(
            WithheldReason.CAP_EXCEEDED,
            Map.of(
                "cap", cap.code(),
                "taken", String.valueOf(taken.size()),
                "max", String.valueOf(cap.max())));
      }
      left.removeAll(givingWay);
      displaced.addAll(
          givingWay.stream().map(Counted::waiting).flatMap(Stream::ofNullable).toList());
    }
    String counted = String.valueOf(question.facts().counted().size());
    return displaced.isEmpty()
        ? GateAnswer.pass(Map.of("counted", counted))
        : GateAnswer.insteadOf(
            displaced, Map.of("counted", counted, "displaced", String.valueOf(displaced.size())));
  }
}
