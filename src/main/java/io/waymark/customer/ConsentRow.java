package io.waymark.customer;

import io.waymark.platform.RowProblems;
import java.time.Instant;
import java.util.List;

/** A sound consent change of a known customer. */
record ConsentRow(long customerId, String branch, ConsentChange change) {

  String purpose() {
    return change.purpose().name();
  }

  String channel() {
    return change.channel().name();
  }

  String state() {
    return change.state().name();
  }

  String source() {
    return change.source();
  }

  String textVersion() {
    return RowProblems.missing(change.textVersion()) ? "" : change.textVersion();
  }

  Instant at() {
    return RowProblems.micros(change.at());
  }

  /** What makes it the same word when it is sent again. */
  String key() {
    return key(customerId, purpose(), channel(), state(), source(), at());
  }

  static String key(
      long customerId, String purpose, String channel, String state, String source, Instant at) {
    return String.join("|", Long.toString(customerId), purpose, channel, state, at.toString())
        + "|"
        + source;
  }

  /** The cell of the matrix it speaks about. */
  List<Object> cell() {
    return List.of(customerId, change.purpose(), change.channel());
  }

  /** Later wins; at equal times a refusal. */
  boolean outweighs(ConsentRow other) {
    int order = at().compareTo(other.at());
    return order > 0
        || (order == 0
            && (change.state() == ConsentState.REFUSED
                || other.change().state() != ConsentState.REFUSED));
  }
}
