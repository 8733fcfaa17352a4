package io.waymark.journey.migration;

import io.waymark.journey.JourneyVersion;
import io.waymark.journey.OverdueHandling;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What migrations need of the workflow engine; implemented on the engine's floor. */
public interface MigrationEngine {

  /**
   * A node of a drawing that a map can name.
   *
   * @param kind element name in BPMN
   * @param waits whether a customer can stand here; else it is an event, a timer or a send that
   *     goes along
   */
  record Node(String id, String name, String kind, boolean waits) {}

  /**
   * A line of a map that cannot be.
   *
   * @param sentence why and what to do, in Chinese
   */
  record Problem(String from, @Nullable String to, String sentence) {}

  /**
   * Everything it takes to move customers.
   *
   * @param overdue what becomes of timers that are overdue after the move
   */
  record Order(
      long planId,
      JourneyVersion from,
      JourneyVersion to,
      Map<String, String> map,
      TimerChoice timers,
      OverdueHandling overdue) {}

  /** The nodes of a version a map can name, in the order of the drawing. */
  List<Node> nodes(JourneyVersion version);

  /** What the drawing of a version calls each of its nodes, by id; the id where it has no name. */
  Map<String, String> names(JourneyVersion version);

  /** The largest map of equal ids and kinds that the engine accepts. */
  Map<String, String> propose(JourneyVersion from, JourneyVersion to);

  /** Why the engine would not accept this map; empty when it would. */
  List<Problem> problems(JourneyVersion from, JourneyVersion to, Map<String, String> map);

  /**
   * Moves these participations in the caller's transaction, all of them or none: the engine's
   * state, open visits, version, claims of messages, tasks, waits for events that came before,
   * overdue timers, and one act with its evidence for each.
   *
   * @return why a participation was left where it is, in Chinese, by its id; who is not named was
   *     moved, or has left or moved by himself meanwhile
   * @throws RuntimeException when the engine refuses one of them; see {@link #why}
   */
  Map<Long, String> migrate(Order order, Collection<Long> participationIds);

  /** The reason of a failure of {@link #migrate}, as a Chinese sentence. */
  String why(RuntimeException failure, Order order);

  /** Whether a failure was a matter of the moment, so that the same may succeed right after. */
  boolean passing(RuntimeException failure);
}
