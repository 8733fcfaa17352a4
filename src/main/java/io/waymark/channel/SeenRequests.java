package io.waymark.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests taken in lately, each by its signature. Kept for twice the signature window: a request
 * is believed up to one window ahead of our clock and one behind it. In memory on purpose: on
 * another node a replay meets listeners that recognise its receipts.
 */
final class SeenRequests {

  private static final Duration KEPT = RequestSignature.WINDOW.multipliedBy(2);

  private final Map<String, Instant> seen = new LinkedHashMap<>();

  /** False when the request was seen before. */
  synchronized boolean add(String signature, Instant now) {
    forgetBefore(now.minus(KEPT));
    return seen.putIfAbsent(signature, now) == null;
  }

  synchronized void remove(String signature) {
    seen.remove(signature);
  }

  private void forgetBefore(Instant limit) {
    Iterator<Instant> oldestFirst = seen.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().isBefore(limit)) {
      oldestFirst.remove();
    }
  }
}
