package io.waymark.customer;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one person said through all merged records, strictest first: a refusal through any of them
 * refuses, of two grants the one that ends first counts, and a grant through an absorbed record
 * gives the survivor nothing that was not granted to it. What the survivor says after the merge
 * stands for itself (个人信息保护法 art. 14, 15).
 */
final class PersonConsents {

  private final List<Consent> own = new ArrayList<>();
  private final List<Absorbed> absorbed = new ArrayList<>();

  private record Absorbed(Consent word, Instant mergedAt) {}

  void own(Consent word) {
    own.add(word);
  }

  void absorbed(Consent word, Instant mergedAt) {
    absorbed.add(new Absorbed(word, mergedAt));
  }

  ConsentMatrix strictest() {
    ConsentMatrix matrix = ConsentMatrix.of(own);
    for (Absorbed other : absorbed) {
      matrix = tightened(matrix, other);
    }
    return matrix;
  }

  private static ConsentMatrix tightened(ConsentMatrix matrix, Absorbed other) {
    Purpose purpose = other.word().purpose();
    Channel channel = other.word().channel();
    Consent before = matrix.cell(purpose, channel).orElse(null);
    Consent after = stricter(before, other);
    if (Objects.equals(before, after)) {
      return matrix;
    }
    List<Consent> cells = new ArrayList<>(matrix.all());
    cells.removeIf(cell -> cell.purpose() == purpose && cell.channel() == channel);
    cells.add(Objects.requireNonNull(after));
    return ConsentMatrix.of(cells);
  }

  private static @Nullable Consent stricter(@Nullable Consent own, Absorbed other) {
    if (own != null && own.at().isAfter(other.mergedAt())) {
      return own;
    }
    if (other.word().state() == ConsentState.REFUSED) {
      return own != null && own.state() == ConsentState.REFUSED ? own : other.word();
    }
    return own != null && own.state() == ConsentState.GRANTED && endsSooner(other.word(), own)
        ? other.word()
        : own;
  }

  private static boolean endsSooner(Consent one, Consent two) {
    Instant end = one.expires();
    Instant otherEnd = two.expires();
    return end != null && (otherEnd == null || end.isBefore(otherEnd));
  }
}
