package io.waymark.segment.rule;

import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.product.Products;
import io.waymark.suitability.Suitability;
import io.waymark.suitability.SuitabilityPolicies;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moment a rule is asked at, and what its answer depends on beside the facts of customers.
 *
 * @param now cut to microseconds, as the database keeps moments
 * @param freshness limits of tags
 */
public record Moment(
    Instant now,
    SuitabilityPolicies policies,
    Suitability suitability,
    Products products,
    ExchangeCalendar calendar,
    Freshness freshness) {

  public Moment {
    now = now.truncatedTo(ChronoUnit.MICROS);
  }

  /** The same at another time. */
  public Moment at(Instant other) {
    return new Moment(other, policies, suitability, products, calendar, freshness);
  }

  LocalDate today() {
    return LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
  }

  /** Where a window begins and ends now. */
  public Window.Bounds bounds(Window window) {
    return window.at(now, calendar);
  }

  Optional<Fitting.Names> fitting(String product) {
    return Fitting.of(suitability, products, product, now);
  }

  /** The oldest moment an assessment may be of. */
  Instant oldestAssessment() {
    return now.minus(policies.at(now).value().assessmentMaxDays().value(), ChronoUnit.DAYS);
  }

  /** The oldest moment a value of the tag may be of; null when any is good. */
  public @Nullable Instant oldest(String tag) {
    var limit = freshness.limit(tag);
    return limit == null ? null : now.minus(limit);
  }

  /** A moment as a parameter of SQL. */
  public static OffsetDateTime stamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
