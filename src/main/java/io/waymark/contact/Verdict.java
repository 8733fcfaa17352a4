package io.waymark.contact;

/** What the gate says to one request for contact: now, later, or not. */
public sealed interface Verdict permits Allowed, Deferred, Withheld {}
