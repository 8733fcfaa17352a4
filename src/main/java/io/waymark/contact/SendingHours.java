package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;

/**
 * The hours at which messages may leave, in the customer's zone; the rest of the day is quiet.
 *
 * @param channels the channels it holds for
 * @param purposes the purposes it holds for; others are exempt
 * @param from first minute at which a message may leave
 * @param to first minute at which it may not any more
 * @param days whether holidays are quiet as a whole
 * @param basis law, contract or house rule it rests on
 */
public record SendingHours(
    Set<Channel> channels,
    Set<Purpose> purposes,
    LocalTime from,
    LocalTime to,
    Days days,
    String basis) {

  /** Longer than the longest holiday; beyond it the calendar is not published. */
  private static final int FAR = 40;

  /** On which days the hours open at all. */
  public enum Days {
    EVERY,
    WORKING
  }

  public SendingHours {
    channels = Set.copyOf(channels);
    purposes = Set.copyOf(purposes);
    ContactPolicy.require(from.isBefore(to) && !basis.isBlank(), "hours of " + channels);
  }

  boolean covers(Channel channel, Purpose purpose) {
    return channels.contains(channel) && purposes.contains(purpose);
  }

  /**
   * Now when open, else the next opening. Where working days are needed and the calendar is not
   * published, the opening hour of tomorrow: then it is asked again, and nothing leaves on a guess.
   */
  Instant opensAt(Instant now, LocalDays local) {
    LocalDate today = now.atZone(local.zone()).toLocalDate();
    for (int ahead = 0; ahead <= FAR; ahead++) {
      LocalDate day = today.plusDays(ahead);
      Instant closes = day.atTime(to).atZone(local.zone()).toInstant();
      if (now.isBefore(closes) && (days == Days.EVERY || local.works(day))) {
        Instant opens = day.atTime(from).atZone(local.zone()).toInstant();
        return opens.isAfter(now) ? opens : now;
      }
    }
    return today.plusDays(1).atTime(from).atZone(local.zone()).toInstant();
  }
}
