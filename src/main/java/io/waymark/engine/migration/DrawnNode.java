package io.waymark.engine.migration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a drawing, as far as moving customers needs it.
 *
 * @param kind element name in BPMN, e.g. {@code userTask}
 * @param trigger {@code timer}, {@code message}, {@code error} or null
 * @param event name of the message awaited; null when the trigger is none
 * @param template template of a message that is sent here; null at other steps
 * @param scope id of the sub-process it lies in; null at the top
 * @param attachedTo node at whose border it stands; null when it stands at none
 * @param interrupting whether it ends what it stands beside
 * @param eventSubProcess whether it is a sub-process begun by an event
 * @param asyncAfter whether a token may stand here after the step was done
 */
record DrawnNode(
    String id,
    String name,
    String kind,
    @Nullable String trigger,
    @Nullable String event,
    @Nullable String template,
    @Nullable String scope,
    @Nullable String attachedTo,
    boolean interrupting,
    boolean eventSubProcess,
    boolean asyncAfter,
    List<Flow> outgoing) {

  /** A flow to the next node. */
  record Flow(String id, String target) {}

  DrawnNode {
    outgoing = List.copyOf(outgoing);
  }

  boolean sends() {
    return template != null;
  }

  /** Whether a customer can stand here between two transactions. */
  boolean waits() {
    return switch (kind) {
      case "userTask", "receiveTask", "eventBasedGateway", "intermediateCatchEvent" -> true;
      case "subProcess" -> true;
      default -> asyncAfter;
    };
  }

  /** Whether the engine keeps something here that goes along when a customer is migrated. */
  boolean kept() {
    return waits()
        || (kind.equals("boundaryEvent") && !"error".equals(trigger))
        || (kind.equals("startEvent") && trigger != null);
  }
}
