package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happened at each node of a version, with the time spent there; reads {@code node_visit},
 * which {@link NodeVisits} writes. One statement, one pass over the visits of the version: times
 * are counted into buckets a twelfth of a power of e wide, so a median is right to within 5 %. Why
 * this and no counter table: {@code docs/decisions/node-facts.md}.
 */
@Component
public class NodeReports {

  /** Buckets per power of e. */
  private static final int FINENESS = 12;

  /** Screens that look on ask again every few seconds, each for itself. */
  private static final Duration MEMORY = Duration.ofSeconds(10);

  private static final int MOST_REMEMBERED = 500;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<Question, Answer> remembered = new ConcurrentHashMap<>();

  NodeReports(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Question(long versionId, Period period, BranchScope scope) {}

  private record Answer(List<NodeReport> reports, Instant since) {

    boolean holds(Instant now) {
      return !now.isBefore(since) && now.isBefore(since.plus(MEMORY));
    }
  }

  /**
   * The report of one node; {@code entered} is the sum of waiting, done, failed and withheld.
   *
   * @param interrupted visits, among those done, that a goal, an exit or a timeout ended
   * @param dropped visits that left other than by going on: withheld, or ended by a goal, an exit
   *     or a timeout; who still waits, has failed or was moved by a person is not among them
   * @param medianSeconds time between coming and leaving that half of those who left needed at
   *     most; null while nobody has stayed and left
   * @param ninetiethSeconds the same for nine in ten
   */
  public record NodeReport(
      String node,
      long entered,
      long waiting,
      long done,
      long failed,
      long withheld,
      long interrupted,
      long dropped,
      @Nullable Long medianSeconds,
      @Nullable Long ninetiethSeconds) {}

  private record Slice(
      String node,
      @Nullable Integer bucket,
      long entered,
      long waiting,
      long done,
      long failed,
      long withheld,
      long interrupted) {}

  /**
   * The same as {@link #of}, perhaps {@link #MEMORY} old: however many people look on at once, the
   * visits are gone through once. Two who ask at the same moment wait for one answer.
   */
  public List<NodeReport> lately(long versionId, Period period, BranchScope scope) {
    Instant now = clock.instant();
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.values().removeIf(answer -> !answer.holds(now));
    }
    return remembered
        .compute(
            new Question(versionId, period, scope),
            (question, known) ->
                known != null && known.holds(now)
                    ? known
                    : new Answer(read(versionId, period, scope), now))
        .reports();
  }

  /** Each node of a version that anybody came to in the period, within the branches. */
  public List<NodeReport> of(long versionId, Period period, BranchScope scope) {
    List<NodeReport> reports = read(versionId, period, scope);
    remembered.put(new Question(versionId, period, scope), new Answer(reports, clock.instant()));
    return reports;
  }

  private List<NodeReport> read(long versionId, Period period, BranchScope scope) {
    Map<String, List<Slice>> slices = new LinkedHashMap<>();
    jdbc.sql(
            """
            select node,
                   case when left_at > entered_at
                        then round(:fineness * ln(1 + date_part('epoch', left_at - entered_at)))
                               ::int end as bucket,
                   count(*) as entered,
                   count(*) filter (where left_at is null and failed_since is null) as waiting,
                   count(*) filter (where left_at is not null and outcome <> 'withheld') as done,
                   count(*) filter (where left_at is null and failed_since is not null) as failed,
                   count(*) filter (where outcome = 'withheld') as withheld,
                   count(*) filter (where outcome = 'interrupted') as interrupted
              from node_visit
             where journey_version_id = :version and entered_at >= :from and entered_at < :to
               and (:everywhere or branch = any(:branches))
             group by 1, 2
             order by 1, 2
            """)
        .param("fineness", FINENESS)
        .param("version", versionId)
        .param("from", period.from())
        .param("to", period.to())
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Slice.class)
        .list()
        .forEach(one -> slices.computeIfAbsent(one.node(), node -> new ArrayList<>()).add(one));
    return slices.entrySet().stream().map(node -> sum(node.getKey(), node.getValue())).toList();
  }

  private static NodeReport sum(String node, List<Slice> slices) {
    List<Slice> timed = slices.stream().filter(one -> one.bucket() != null).toList();
    return new NodeReport(
        node,
        slices.stream().mapToLong(Slice::entered).sum(),
        slices.stream().mapToLong(Slice::waiting).sum(),
        slices.stream().mapToLong(Slice::done).sum(),
        slices.stream().mapToLong(Slice::failed).sum(),
        slices.stream().mapToLong(Slice::withheld).sum(),
        slices.stream().mapToLong(Slice::interrupted).sum(),
        slices.stream().mapToLong(one -> one.withheld() + one.interrupted()).sum(),
        quantile(timed, 0.5),
        quantile(timed, 0.9));
  }

  /** Seconds that this share of those who stayed and left needed at most. */
  private static @Nullable Long quantile(List<Slice> timed, double share) {
    long wanted = (long) Math.ceil(share * timed.stream().mapToLong(Slice::entered).sum());
    long counted = 0;
    for (Slice slice : timed) {
      counted += slice.entered();
      Integer bucket = slice.bucket();
      if (counted >= wanted && bucket != null) {
        return Math.round(Math.expm1(bucket / (double) FINENESS));
      }
    }
    return null;
  }
}
