package io.waymark.journey;

import io.waymark.platform.staff.BranchScope;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves single customers inside the version they are in, by the same rules whoever asks;
 * implemented on the engine's floor. No message a customer has received is sent again because of a
 * move.
 */
public interface CustomerMoves {

  /**
   * What a move would do to one customer.
   *
   * @param standsAt nodes the customer stands at; empty when he is not inside any more
   * @param refusal why it cannot be done and what to do instead, in Chinese; null when it can
   * @param effects what will happen, in Chinese, one sentence each
   */
  record Preview(
      long participationId, List<String> standsAt, @Nullable String refusal, List<String> effects) {

    public Preview {
      standsAt = List.copyOf(standsAt);
      effects = List.copyOf(effects);
    }

    /** Whether the move can be made. */
    public boolean possible() {
      return refusal == null;
    }
  }

  /**
   * What became of a move of many.
   *
   * @param done participations moved
   * @param refused those that were not, with the reason
   */
  record Report(List<Long> done, List<Refused> refused) {

    public Report {
      done = List.copyOf(done);
      refused = List.copyOf(refused);
    }
  }

  /**
   * A customer who was not moved.
   *
   * @param sentence why, and what to do, in Chinese
   */
  record Refused(long participationId, String code, String sentence) {}

  /**
   * A node a customer can be moved to, or a flow he can go on by.
   *
   * @param id element of the drawing
   * @param name its name; the id when it has none
   * @param kind element name in BPMN, e.g. {@code userTask}
   */
  record Place(String id, String name, String kind) {}

  /**
   * What the move would do; changes nothing. Participations outside the scope are refused like
   * unknown ones.
   */
  List<Preview> preview(Collection<Long> participationIds, CustomerMove move, BranchScope scope);

  /**
   * Moves each customer in a transaction of his own: the engine's state, our facts per node and the
   * evidence commit together, and who cannot be moved holds up nobody.
   *
   * @param reason in the person's words, at least four characters
   * @param by user name of the person
   * @throws JourneyRefusedException when there is no reason
   */
  Report perform(
      Collection<Long> participationIds,
      CustomerMove move,
      String reason,
      String by,
      BranchScope scope);

  /** Nodes of the customer's version that he can be moved to, in the order of the drawing. */
  List<Place> targets(long participationId);

  /** Flows by which the customer could leave where he stands; more than one means: choose. */
  List<Place> ways(long participationId);
}
