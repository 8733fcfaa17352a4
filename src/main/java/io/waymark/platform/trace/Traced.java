package io.waymark.platform.trace;

import java.util.UUID;

/** What things are called whose traces are followed: by number, never by name. */
public final class Traced {

  private Traced() {}

  /** An event about to be written, by its source's own id; its trace may be carried beforehand. */
  public static String arriving(String source, String eventId) {
    return "event-of:" + source + ':' + eventId;
  }

  /** An event in the queue. */
  public static String event(long seq) {
    return "event:" + seq;
  }

  public static String participation(long id) {
    return "participation:" + id;
  }

  /** A participation on a node. */
  public static String step(long participationId, String node) {
    return participation(participationId) + ':' + node;
  }

  public static String message(UUID id) {
    return "message:" + id;
  }
}
