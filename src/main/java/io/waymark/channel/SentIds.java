package io.waymark.channel;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** By which names providers know our messages, because their reports name those and not ours. */
public interface SentIds {

  /**
   * Writes down the names a provider gave a message it accepted; several when it was split.
   *
   * @param provider {@link Provider#name()}
   */
  void remember(String provider, UUID messageId, List<String> providerIds);

  /** Messages by the provider's names; names that are not known are absent. */
  Map<String, UUID> find(String provider, Collection<String> providerIds);

  /**
   * Writes down what became of one part. Saying it again changes nothing.
   *
   * @return empty when the name is not known
   */
  Optional<Fate> ended(String provider, String providerId, boolean delivered);

  /**
   * Names of which nothing was reported yet, oldest first, with their messages.
   *
   * @param since older ones are left out
   */
  Map<String, UUID> open(String provider, Instant since, int max);

  /**
   * What is known of a message whose parts are reported one by one.
   *
   * @param decided whether the whole message is decided: every part arrived, or one did not
   * @param delivered whether every part arrived
   */
  record Fate(UUID messageId, boolean decided, boolean delivered) {}
}
