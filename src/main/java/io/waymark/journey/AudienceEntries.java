package io.waymark.journey;

import io.waymark.segment.AudienceMember;
import io.waymark.segment.Audiences;
import java.time.Clock;
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
  private final Audiences audiences;
  private final TransactionTemplate transaction;
  private final MarketingEntry entry;
  private final Clock clock;

  AudienceEntries(
      JourneyVersions versions,
      Enrolments enrolments,
      Audiences audiences,
      TransactionTemplate transaction,
      MarketingEntry entry,
      Clock clock) {
    this.versions = versions;
    this.enrolments = enrolments;
    this.audiences = audiences;
    this.transaction = transaction;
    this.entry = entry;
    this.clock = clock;
  }

  /**
   * Queues one enrolment per member. A run that died half-way is simply run again under the same
   * name: who is already queued is left alone.
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
                audiences.members(
                    audience,
                    clock.instant(),
                    BATCH,
                    members -> found.addAndGet(request(version, run, members)));
              }
            });
    log.info("Audience run {} of journey {} found {} members", run, journeyKey, found.get());
    return found.get();
  }

  private int request(JourneyVersion version, String run, List<AudienceMember> members) {
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
    return members.size();
  }
}
