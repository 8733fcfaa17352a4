package io.waymark.customer;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Purpose by channel: what one customer agreed to (个人信息保护法 art. 14-16; 广告法 art. 43). */
public final class ConsentMatrix {

  private static final ConsentMatrix EMPTY = new ConsentMatrix(List.of());

  private final Map<Purpose, Map<Channel, Consent>> cells = new EnumMap<>(Purpose.class);

  private ConsentMatrix(Collection<Consent> consents) {
    for (Consent consent : consents) {
      cells
          .computeIfAbsent(consent.purpose(), p -> new EnumMap<>(Channel.class))
          .put(consent.channel(), consent);
    }
  }

  /** A customer who never said anything. */
  public static ConsentMatrix empty() {
    return EMPTY;
  }

  /** The matrix of one customer's current consents, at most one per purpose and channel. */
  public static ConsentMatrix of(Collection<Consent> consents) {
    return consents.isEmpty() ? EMPTY : new ConsentMatrix(consents);
  }

  /** Granted, refused, or unknown when nothing was said or a grant has run out. */
  public ConsentState state(Purpose purpose, Channel channel, Instant now) {
    return cell(purpose, channel).map(c -> c.state(now)).orElse(ConsentState.UNKNOWN);
  }

  /** The word itself, with its source and date. */
  public Optional<Consent> cell(Purpose purpose, Channel channel) {
    return Optional.ofNullable(cells.getOrDefault(purpose, Map.of()).get(channel));
  }

  /** Whether a purpose was refused on any channel: who says so once means it everywhere. */
  public boolean refusesAnywhere(Purpose purpose) {
    return cells.getOrDefault(purpose, Map.of()).values().stream()
        .anyMatch(consent -> consent.state() == ConsentState.REFUSED);
  }

  /** When a purpose was last refused on any channel, if the refusal stands. */
  public Optional<Instant> lastRefusal(Purpose purpose) {
    return cells.getOrDefault(purpose, Map.of()).values().stream()
        .filter(consent -> consent.state() == ConsentState.REFUSED)
        .map(Consent::at)
        .max(Instant::compareTo);
  }

  /** Every word given, by purpose then channel. */
  public List<Consent> all() {
    return cells.values().stream().flatMap(row -> row.values().stream()).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConsentMatrix matrix && cells.equals(matrix.cells);
  }

  @Override
  public int hashCode() {
    return cells.hashCode();
  }

  @Override
  public String toString() {
    return "ConsentMatrix" + all();
  }
}
