package io.waymark.journey.rehearsal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of an audience's rehearsal. All counts are of customers or messages that were played;
 * what they say of a larger audience is the reader's arithmetic ({@link Share}).
 *
 * @param asked who was asked in
 * @param entered who entered
 * @param refused who did not, by reason
 * @param failed whose start failed, by reason
 * @param branches who entered, by branch
 * @param nodes what happened at each node
 * @param withheld what the gate withheld when something was to be sent
 * @param messages messages by the day they left
 * @param outcomes messages by what became of them
 * @param loads advisors' tasks by day, heaviest first
 * @param rivals journeys whose messages held the places under the caps, by key
 * @param left who left, by reason
 * @param goals who reached a goal, by goal
 * @param paths the ways taken, most travelled first
 */
public record Figures(
    long asked,
    long entered,
    Map<String, Long> refused,
    Map<String, Long> failed,
    Map<String, Long> branches,
    List<Node> nodes,
    List<Held> withheld,
    List<Day> messages,
    List<Outcome> outcomes,
    List<Load> loads,
    Map<String, Long> rivals,
    Map<String, Long> left,
    Map<String, Long> goals,
    List<Path> paths) {

  private static final int MOST_PATHS = 30;
  private static final int MOST_SAMPLES = 3;
  private static final int MOST_LOADS = 200;

  /** Visits of one node; entered = waiting + done + withheld + failed. */
  public record Node(
      String node, long entered, long waiting, long done, long withheld, long failed) {}

  /** What was withheld at one node for one reason. */
  public record Held(String node, String reason, long count) {}

  /** Messages of one channel on one day. */
  public record Day(LocalDate day, String channel, long count) {}

  /** Messages of one channel with one status. */
  public record Outcome(String channel, String status, long count) {}

  /**
   * Tasks one advisor gets on one day.
   *
   * @param advisor user name; empty for a branch's pool
   * @param capacity how many a day he is there for
   */
  public record Load(String advisor, String branch, LocalDate day, long tasks, int capacity) {

    /** Whether it is more than he is there for. */
    public boolean tooMuch() {
      return tasks > capacity;
    }
  }

  /**
   * One way through the journey.
   *
   * @param nodes activity ids in order
   * @param samples a few of those who took it, by customer id
   */
  public record Path(List<String> nodes, long count, List<Long> samples) {}

  /** These and those together; the two have no customer in common. */
  public Figures and(Figures other) {
    return new Figures(
        asked + other.asked,
        entered + other.entered,
        sum(refused, other.refused),
        sum(failed, other.failed),
        sum(branches, other.branches),
        nodes(other),
        grouped(
            withheld,
            other.withheld,
            one -> List.of(one.node(), one.reason()),
            (one, two) -> new Held(one.node(), one.reason(), one.count() + two.count())),
        grouped(
            messages,
            other.messages,
            one -> List.of(one.day(), one.channel()),
            (one, two) -> new Day(one.day(), one.channel(), one.count() + two.count())),
        grouped(
            outcomes,
            other.outcomes,
            one -> List.of(one.channel(), one.status()),
            (one, two) -> new Outcome(one.channel(), one.status(), one.count() + two.count())),
        Stream.concat(loads.stream(), other.loads.stream())
            .sorted(Comparator.comparingLong(Load::tasks).reversed())
            .limit(MOST_LOADS)
            .toList(),
        sum(rivals, other.rivals),
        sum(left, other.left),
        sum(goals, other.goals),
        paths(other));
  }

  private List<Node> nodes(Figures other) {
    return grouped(
        nodes,
        other.nodes,
        Node::node,
        (one, two) ->
            new Node(
                one.node(),
                one.entered() + two.entered(),
                one.waiting() + two.waiting(),
                one.done() + two.done(),
                one.withheld() + two.withheld(),
                one.failed() + two.failed()));
  }

  private List<Path> paths(Figures other) {
    return grouped(
            paths,
            other.paths,
            Path::nodes,
            (one, two) ->
                new Path(
                    one.nodes(),
                    one.count() + two.count(),
                    Stream.concat(one.samples().stream(), two.samples().stream())
                        .limit(MOST_SAMPLES)
                        .toList()))
        .stream()
        .sorted(Comparator.comparingLong(Path::count).reversed())
        .limit(MOST_PATHS)
        .toList();
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> two) {
    Map<String, Long> all = new TreeMap<>(one);
    two.forEach((key, count) -> all.merge(key, count, Long::sum));
    return all;
  }

  private static <T> List<T> grouped(
      List<T> one,
      List<T> two,
      Function<T, Object> key,
      java.util.function.BinaryOperator<T> both) {
    return new ArrayList<>(
        Stream.concat(one.stream(), two.stream())
            .collect(Collectors.toMap(key, Function.identity(), both, LinkedHashMap::new))
            .values());
  }
}
