package io.waymark.channel;

import java.util.Optional;

/**
 * A room's contribution: the provider its settings configure, who reads that provider's callbacks,
 * and what runs beside it. One bean per provider the house can speak to; most are silent.
 */
public interface ProviderFamily {

  /** Empty when nothing configures it. */
  Optional<Provider> provider();

  /** Empty when the provider does not call back. */
  default Optional<CallbackReader> callbacks() {
    return Optional.empty();
  }

  /** Begins what runs beside sending: a kept connection, a mailbox looked into. */
  default void start() {}

  /** Ends what {@link #start} began. */
  default void stop() {}
}
