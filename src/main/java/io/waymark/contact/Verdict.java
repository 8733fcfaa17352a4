package io.waymark.contact;

/** What the gate says to one request for contact: now, later, or not. */
public sealed interface Verdict permits Allowed, Deferred, Withheld {

  /** The word used in tables and BPMN variables: allowed, deferred or withheld. */
  default String code() {
    if (this instanceof Allowed) {
      return "allowed";
    }
    return this instanceof Deferred ? "deferred" : "withheld";
  }
}
