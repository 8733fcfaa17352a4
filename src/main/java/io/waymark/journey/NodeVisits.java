package io.waymark.journey;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happened at which node, one row per visit. Owns {@code node_visit}.
 *
 * <p>For every node, visits = waiting + done + failed + withheld at any moment, because a visit is
 * one row that is in exactly one of the four states.
 */
@Component
public class NodeVisits {

  private final JdbcClient jdbc;
  private final JdbcTemplate template;
  private final Clock clock;

  NodeVisits(JdbcClient jdbc, JdbcTemplate template, Clock clock) {
    this.jdbc = jdbc;
    this.template = template;
    this.clock = clock;
  }

  /** A token came to a node; {@code leftAt} is set when it went on in the same transaction. */
  public record Visit(
      long participationId,
      long journeyVersionId,
      String branch,
      String node,
      OffsetDateTime enteredAt,
      @Nullable OffsetDateTime leftAt,
      @Nullable String outcome) {}

  /** A token left a node it had come to in an earlier transaction. */
  public record Departure(
      long participationId, String node, OffsetDateTime leftAt, String outcome) {}

  /** Writes the facts of one transaction at once. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void write(List<Departure> departures, List<Visit> visits) {
    if (!departures.isEmpty()) {
      template.batchUpdate(
          """
          update node_visit set left_at = ?, outcome = ?, failed_since = null
           where participation_id = ? and node = ? and left_at is null
          """,
          departures,
          departures.size(),
          (row, departure) -> {
            row.setObject(1, departure.leftAt());
            row.setString(2, departure.outcome());
            row.setLong(3, departure.participationId());
            row.setString(4, departure.node());
          });
    }
    if (!visits.isEmpty()) {
      template.batchUpdate(
          """
          insert into node_visit (participation_id, journey_version_id, branch, node, entered_at,
                                  left_at, outcome)
          values (?, ?, ?, ?, ?, ?, ?)
          """,
          visits,
          visits.size(),
          (row, visit) -> {
            row.setLong(1, visit.participationId());
            row.setLong(2, visit.journeyVersionId());
            row.setString(3, visit.branch());
            row.setString(4, visit.node());
            row.setObject(5, visit.enteredAt());
            row.setObject(6, visit.leftAt());
            row.setString(7, visit.outcome());
          });
    }
  }

  /** One participation at one node. */
  public record Place(long participationId, String node) {}

  /** How often each participation has come to its node in transactions before this one. */
  public Map<Place, Integer> earlierVisits(Collection<Place> places) {
    Map<Place, Integer> counts = new HashMap<>();
    jdbc.sql(
            """
            select p.participation, p.node,
                   (select count(*) from node_visit v
                     where v.participation_id = p.participation and v.node = p.node)
              from unnest(:participations, :nodes) as p (participation, node)
            """)
        .param("participations", places.stream().map(Place::participationId).toArray(Long[]::new))
        .param("nodes", places.stream().map(Place::node).toArray(String[]::new))
        .query(
            row -> {
              counts.put(new Place(row.getLong(1), row.getString(2)), row.getInt(3));
            });
    return counts;
  }

  /**
   * Ends the open visits of these participations at the nodes a migration takes away, as moved, and
   * begins visits of the nodes that take their place in another version. A failure goes along.
   *
   * @param map node of the new version by node of the old one
   * @param toVersionId the new version
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void carry(Collection<Long> participationIds, Map<String, String> map, long toVersionId) {
    List<String> nodes = List.copyOf(map.keySet());
    jdbc.sql(
            """
            with gone as
              (select v.id, v.entered_at, v.participation_id, v.branch, v.failed_since, m.target
                 from node_visit v
                 join unnest(:sources, :targets) as m (source, target) on m.source = v.node
                where v.participation_id = any(:participations) and v.left_at is null),
            closed as
              (update node_visit v set left_at = :now, outcome = 'moved', failed_since = null
                 from gone g where v.id = g.id and v.entered_at = g.entered_at)
            insert into node_visit (participation_id, journey_version_id, branch, node, entered_at,
                                    failed_since)
            select participation_id, :version, branch, target, :now, failed_since from gone
             order by id
            """)
        .param("sources", nodes.toArray(String[]::new))
        .param("targets", nodes.stream().map(map::get).toArray(String[]::new))
        .param("participations", participationIds.toArray(Long[]::new))
        .param("version", toVersionId)
        .param("now", now())
        .update();
  }

  /** The nodes at which each of these participations stands, by its id. */
  public Map<Long, List<String>> open(Collection<Long> participationIds) {
    Map<Long, List<String>> open = new HashMap<>();
    jdbc.sql(
            """
            select participation_id, node from node_visit
             where participation_id = any(:participations) and left_at is null
             order by participation_id, node
            """)
        .param("participations", participationIds.toArray(Long[]::new))
        .query(
            row -> {
              open.computeIfAbsent(row.getLong(1), any -> new ArrayList<>()).add(row.getString(2));
            });
    return open;
  }

  /** Marks the open visit as failed, or as waiting again. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void failed(long participationId, String node, boolean failed) {
    jdbc.sql(
            """
            update node_visit set failed_since = :since
             where participation_id = :participation and node = :node and left_at is null
            """)
        .param("since", failed ? now() : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .param("participation", participationId)
        .param("node", node)
        .update();
  }

  /**
   * Makes one row agree with itself: closed ones have an outcome, open ones none, and it is not
   * marked as failed; for rows whose mark no failure of the engine stands behind.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void rectify(long visitId) {
    jdbc.sql(
            """
            update node_visit
               set outcome = case when left_at is not null
                                  then coalesce(outcome, 'interrupted') end,
                   failed_since = null
             where id = ?
            """)
        .param(visitId)
        .update();
  }

  /** One line of a participation's way. */
  public record Step(
      String node,
      OffsetDateTime enteredAt,
      @Nullable OffsetDateTime leftAt,
      @Nullable String outcome) {}

  /** The way a participation has taken, in order. */
  public List<Step> ofParticipation(long participationId) {
    return jdbc.sql(
            """
            select node, entered_at, left_at, outcome from node_visit
             where participation_id = :participation order by id
            """)
        .param("participation", participationId)
        .query(Step.class)
        .list();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
