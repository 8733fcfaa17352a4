package io.waymark.journey.publication;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what happens to the customers of a live version and stops it at its limits. */
@Component
public class VersionWatch {

  private static final Logger log = LoggerFactory.getLogger(VersionWatch.class);

  private final JdbcClient jdbc;
  private final JourneyVersions versions;
  private final Pauses pauses;

  VersionWatch(JdbcClient jdbc, JourneyVersions versions, Pauses pauses) {
    this.jdbc = jdbc;
    this.versions = versions;
    this.pauses = pauses;
  }

  /** What was counted since a moment, in four counts over indexes by version and time. */
  public WatchFigures figures(long versionId, Instant since) {
    return jdbc.sql(
            """
            with failed as (
              select count(*) as starts from enrolment
               where journey_version_id = :version and status = 'failed' and settled_at >= :since)
            select (select count(*) from participation
                     where journey_version_id = :version and entered_at >= :since)
                 + (select count(*) from participation
                     where journey_version_id = :version and entered_at < :since
                       and (left_at is null or left_at >= :since))
                 + starts as customers,
                   (select count(distinct participation_id) from node_visit
                     where journey_version_id = :version and outcome = 'withheld'
                       and left_at >= :since) as withheld,
                   (select count(distinct p.id)
                      from customer_event e
                      join participation p on p.customer_id = e.customer_id
                     where e.type = 'complaint.filed' and e.occurred_at >= :since
                       and p.journey_version_id = :version and e.occurred_at >= p.entered_at
                       and (p.left_at is null or e.occurred_at < p.left_at + interval '7 days'))
                     as complaints,
                   (select count(distinct participation_id) from node_visit
                     where journey_version_id = :version and left_at is null
                       and failed_since is not null) + starts as failures
              from failed
            """)
        .param("version", versionId)
        .param("since", since.atZone(ZoneId.of("Asia/Shanghai")).toOffsetDateTime())
        .query(WatchFigures.class)
        .single();
  }

  /**
   * Stops the version if a limit is passed.
   *
   * @return whether it was stopped
   */
  boolean stopped(Rollout rollout) {
    StopRule rule = rollout.plan().stop();
    if (rule.mostWithheld() == null
        && rule.mostComplaints() == null
        && rule.mostFailures() == null) {
      return false;
    }
    WatchFigures figures = figures(rollout.journeyVersionId(), rollout.watchedSince());
    String reason = figures.passed(rule);
    if (reason == null) {
      return false;
    }
    JourneyVersion version = versions.find(rollout.journeyVersionId()).orElseThrow();
    pauses.stop(version, reason, facts(figures, rule));
    log.warn("Journey {} v{} was stopped by its limits", version.key(), version.version());
    return true;
  }

  private static Map<String, Object> facts(WatchFigures figures, StopRule rule) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("customers", figures.customers());
    put(facts, "withheld", figures.withheld(), rule.mostWithheld());
    put(facts, "complaints", figures.complaints(), rule.mostComplaints());
    put(facts, "failures", figures.failures(), rule.mostFailures());
    return facts;
  }

  private static void put(
      Map<String, Object> facts, String name, long count, @Nullable Integer limit) {
    facts.put(name, count);
    if (limit != null) {
      facts.put(name + "Limit", limit);
    }
  }
}
