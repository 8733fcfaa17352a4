package io.waymark.contact;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * The hours at which messages may leave, Asia/Shanghai; the rest of the day is quiet.
 *
 * @param channels the channels it holds for
 * @param purposes the purposes it holds for; others are exempt
 * @param from first minute at which a message may leave
 * @param to first minute at which it may not any more
 * @param basis law, contract or house rule it rests on
 */
public record SendingHours(
    Set<Channel> channels, Set<Purpose> purposes, LocalTime from, LocalTime to, String basis) {

  public SendingHours {
    channels = Set.copyOf(channels);
    purposes = Set.copyOf(purposes);
    ContactPolicy.require(from.isBefore(to) && !basis.isBlank(), "hours of " + channels);
  }

  boolean covers(Channel channel, Purpose purpose) {
    return channels.contains(channel) && purposes.contains(purpose);
  }

  /** Now when open, else the next opening. */
  Instant opensAt(Instant now) {
    ZonedDateTime local = now.atZone(ExchangeCalendar.ZONE);
    LocalTime time = local.toLocalTime();
    if (time.isBefore(from)) {
      return local.with(from).toInstant();
    }
    return time.isBefore(to) ? now : local.plusDays(1).with(from).toInstant();
  }
}
