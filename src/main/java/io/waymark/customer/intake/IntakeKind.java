package io.waymark.customer.intake;

import java.util.Locale;

/** What is taken in. */
public enum IntakeKind {
  CUSTOMERS,
  TAGS,
  EVENTS,
  CONSENTS,
  ASSESSMENTS,
  PRODUCTS;

  /** The word used in tables, the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
