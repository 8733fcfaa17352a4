package io.waymark.customer.identity;

import io.waymark.customer.IdentityType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One person as the judge of identities sees him: all his records, nothing in clear.
 *
 * @param id the surviving record
 */
record PersonFacts(long id, List<Record> records) {

  PersonFacts {
    records = List.copyOf(records);
  }

  /**
   * One record.
   *
   * @param personHash hash of name and birth date; null when unknown
   */
  record Record(
      long id,
      String ref,
      String branch,
      @Nullable LocalDate born,
      @Nullable String personHash,
      List<Held> identities) {

    Record {
      identities = List.copyOf(identities);
    }
  }

  /** An identity of a record; the hash in hexadecimal. */
  record Held(IdentityType type, String hash, Instant statedAt) {}

  /** Type and hash of an identity. */
  record Key(IdentityType type, String hash) {}

  /** The record everything is about from now on. */
  Record survivor() {
    return records.stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  /** The identities that count now. */
  Set<Key> keys(IdentityRules rules, Instant now) {
    return held()
        .filter(one -> !one.statedAt().isBefore(rules.of(one.type()).validSince(now)))
        .map(one -> new Key(one.type(), one.hash()))
        .collect(Collectors.toSet());
  }

  /** Every value of a type that was ever stated and not taken back. */
  Set<String> values(IdentityType type) {
    return held().filter(one -> one.type() == type).map(Held::hash).collect(Collectors.toSet());
  }

  Set<LocalDate> births() {
    return said(Record::born);
  }

  Set<String> personHashes() {
    return said(Record::personHash);
  }

  List<Long> ids() {
    return records.stream().map(Record::id).toList();
  }

  private Stream<Held> held() {
    return records.stream().flatMap(one -> one.identities().stream());
  }

  private <T> Set<T> said(Function<Record, @Nullable T> fact) {
    return records.stream()
        .map(fact)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .collect(Collectors.toSet());
  }
}
