package io.waymark.contact.gate;

import io.waymark.contact.ContactFacts;
import io.waymark.contact.ContactPolicy;
import io.waymark.contact.GateQuestion;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/**
 * When a message would leave: not in quiet hours, and at the customer's own hour where he has one.
 */
final class Leaving {

  private Leaving() {}

  /** The moment, for a question that has an approved template. */
  static Instant at(GateQuestion question, Channel channel, Purpose purpose) {
    Instant opens = opens(question, channel, purpose, question.now());
    return bestHour(question, channel, purpose).map(Best::at).filter(opens::isBefore).orElse(opens);
  }

  static Instant opens(GateQuestion question, Channel channel, Purpose purpose, Instant from) {
    return question.policy().opensAt(channel, purpose, question.facts().days(), from);
  }

  /**
   * The hour of the next day and night at which the customer looked most often, of those that are
   * not quiet; the nearest of equal ones. Empty when nothing is to be waited for.
   */
  static Optional<Best> bestHour(GateQuestion question, Channel channel, Purpose purpose) {
    ContactPolicy.SendTime rule = question.policy().sendTimeOn(channel, purpose).orElse(null);
    List<Integer> activity = question.facts().activity();
    if (rule == null || activity == null || sum(activity) < rule.minimum()) {
      return Optional.empty();
    }
    Best best = null;
    for (int ahead = 0; ahead < 24; ahead++) {
      Instant at = ahead == 0 ? question.now() : hourStart(question.facts(), question.now(), ahead);
      int hour = at.atZone(question.facts().days().zone()).getHour();
      boolean open = opens(question, channel, purpose, at).equals(at);
      if (open && activity.get(hour) > (best == null ? 0 : best.times())) {
        best = new Best(hour, activity.get(hour), at);
      }
    }
    return Optional.ofNullable(best);
  }

  static int sum(List<Integer> activity) {
    return activity.stream().mapToInt(Integer::intValue).sum();
  }

  private static Instant hourStart(ContactFacts facts, Instant now, int ahead) {
    ZonedDateTime local = now.atZone(facts.days().zone());
    LocalDate day = local.toLocalDate();
    return day.atTime(local.getHour(), 0).plusHours(ahead).atZone(facts.days().zone()).toInstant();
  }

  /**
   * The hour to wait for.
   *
   * @param hour of the customer's day
   * @param times how often he looked at that hour
   * @param at now when it is that hour
   */
  record Best(int hour, int times, Instant at) {}
}
