package io.waymark.journey.rehearsal;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Plays journeys without touching anything live; the engine implements it. Must not be called
 * inside a transaction.
 */
public interface RehearsalTheatre {

  /**
   * Plays one customer's journey from its entry, act by act.
   *
   * @param from when the rehearsal begins
   * @throws RehearsalRefusedException when the script or the person cannot be played
   */
  Scene play(Script script, Person person, Instant from, List<Act> acts);

  /**
   * Plays a journey for many customers at once.
   *
   * @param cast who is asked in, and what is assumed of them
   * @param progress told from 0 to 1
   * @param cancelled asked between two moments; the play then ends with a {@link
   *     RehearsalRefusedException}
   */
  Figures play(Script script, Cast cast, DoubleConsumer progress, BooleanSupplier cancelled);
}
