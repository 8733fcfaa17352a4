package io.waymark.journey;

import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.segment.AudienceMember;
import io.waymark.segment.Schedule;
import io.waymark.segment.live.Snapshots;
import io.waymark.segment.live.Snapshots.Snapshot;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the members of a journey's audience to enter, as of one scheduled moment. */
@Component
public class AudienceEntries {

  private static final Logger log = LoggerFactory.getLogger(AudienceEntries.class);
  private static final int BATCH = 1_000;

  private final JourneyVersions versions;
  private final Enrolments enrolments;
  private final Snapshots snapshots;
  private final TransactionTemplate transaction;
  private final MarketingEntry entry;
  private final ExchangeCalendar calendar;
  private final Clock clock;

  AudienceEntries(
      JourneyVersions versions,
      Enrolments enrolments,
      Snapshots snapshots,
      TransactionTemplate transaction,
      MarketingEntry entry,
      ExchangeCalendar calendar,
      Clock clock) {
    this.versions = versions;
    this.enrolments = enrolments;
    this.snapshots = snapshots;
    this.transaction = transaction;
    this.entry = entry;
    this.calendar = calendar;
    this.clock = clock;
  }

  /**
   * The run that fell due on this day: none when the journey's schedule is for trading days and the
   * exchange is closed.
   *
   * @throws io.waymark.platform.calendar.CalendarUnknownException when nobody knows; the scheduler
   *     tells the operator
   */
  public long runOn(String journeyKey, LocalDate day, String run) {
    boolean closed =
        versions
            .live(journeyKey)
            .map(version -> version.settings().entrySchedule())
            .map(Schedule::read)
            .filter(Schedule::tradingDaysOnly)
            .filter(schedule -> !calendar.isTradingDay(day))
            .isPresent();
    return closed ? 0 : run(journeyKey, run);
  }

  /**
   * Freezes the members and queues one enrolment for each. A run that died half-way is simply run
   * again under the same name: it goes on with the same customers, and who is already queued is
   * left alone.
   *
   * @param run name of the run, the same for every repetition
   * @return members found
   */
  public long run(String journeyKey, String run) {
    AtomicLong found = new AtomicLong();
    versions
        .live(journeyKey)
        .filter(entry::open)
        .ifPresent(
            version -> {
              String audience = version.settings().entryAudience();
              if (audience != null) {
                found.set(request(version, audience, run));
              }
            });
    log.info("Audience run {} of journey {} found {} members", run, journeyKey, found.get());
    return found.get();
  }

  private long request(JourneyVersion version, String audience, String run) {
    Snapshot snapshot =
        snapshots.take("journey:" + version.key() + ":" + run, audience, clock.instant());
    List<AudienceMember> members = snapshots.page(snapshot, 0, BATCH);
    while (!members.isEmpty()) {
      request(version, run, members);
      long last = members.get(members.size() - 1).customerId();
      members = snapshots.page(snapshot, last, BATCH);
    }
    return snapshot.members();
  }

  private void request(JourneyVersion version, String run, List<AudienceMember> members) {
    List<EntryRequest> requests =
        members.stream()
            .map(
                member ->
                    new EntryRequest(
                        version,
                        member.customerId(),
                        member.branch(),
                        EntryCause.AUDIENCE,
                        run,
                        null))
            .toList();
    transaction.executeWithoutResult(status -> enrolments.request(requests));
  }
}
