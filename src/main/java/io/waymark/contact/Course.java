package io.waymark.contact;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What is to be said, in the words of several channels, one after the other until one arrives.
 *
 * @param intent id of the first message; every event about the others names it, so that the journey
 *     that sent it hears of them
 * @param attempt which text this is, from 1
 * @param texts template codes still to be tried, in their order
 * @param within how long a text has to arrive
 * @param unknownIsLost whether the next text goes although this one may have arrived
 */
record Course(
    UUID intent, int attempt, List<String> texts, Duration within, boolean unknownIsLost) {

  Course {
    texts = List.copyOf(texts);
  }

  /** What is left once a text was chosen: those behind it. */
  Course after(String chosen) {
    return new Course(
        intent,
        attempt,
        texts.subList(texts.indexOf(chosen) + 1, texts.size()),
        within,
        unknownIsLost);
  }
}
