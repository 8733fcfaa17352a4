package io.waymark.contact.link;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The addresses by which messages ask their readers for a score. */
@Component
public class RatingLinks {

  private final StoredLinks stored;
  private final Clock clock;

  RatingLinks(StoredLinks stored, Clock clock) {
    this.stored = stored;
    this.clock = clock;
  }

  /**
   * What an address was made for.
   *
   * @param messageId the message that asks
   * @param proposed score the address proposes, 1 to 5; 0 for none
   */
  public record Asked(UUID messageId, long customerId, String branch, int proposed) {}

  /** Empty when there is no such address or its time is over. */
  public Optional<Asked> find(String token) {
    return stored
        .find(token, Link.Kind.RATE, clock.instant())
        .map(
            link ->
                new Asked(
                    link.messageId(),
                    link.customerId(),
                    link.branch(),
                    Integer.parseInt(String.valueOf(link.target()))));
  }
}
