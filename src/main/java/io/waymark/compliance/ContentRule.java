package io.waymark.compliance;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a pack.
 *
 * @param id stable, e.g. {@code G01}
 * @param basis keys of the pack's sources
 * @param alternative what to write instead, in Chinese
 * @param negationClears whether a negation in the same comma-clause clears a hit
 * @param effectiveFrom first day (Asia/Shanghai) the rule applies; null: with its pack
 * @param effectiveUntil first day it no longer applies; null: open
 * @param phrases literals on normalised text
 * @param disabled kept in the pack and silent
 * @param hits example sentences the rule must find
 * @param misses example sentences the rule must not find
 */
public record ContentRule(
    String id,
    String category,
    FindingLevel level,
    List<String> basis,
    String alternative,
    boolean negationClears,
    @Nullable LocalDate effectiveFrom,
    @Nullable LocalDate effectiveUntil,
    List<String> phrases,
    List<Wording> patterns,
    boolean disabled,
    List<String> hits,
    List<String> misses) {

  public ContentRule {
    basis = List.copyOf(basis);
    phrases = List.copyOf(phrases);
    patterns = List.copyOf(patterns);
    hits = List.copyOf(hits);
    misses = List.copyOf(misses);
  }

  /** Whether the rule is in force on a day in Asia/Shanghai. */
  public boolean inForce(LocalDate day) {
    return !disabled
        && (effectiveFrom == null || !day.isBefore(effectiveFrom))
        && (effectiveUntil == null || day.isBefore(effectiveUntil));
  }
}
