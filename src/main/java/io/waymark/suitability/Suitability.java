package io.waymark.suitability;

import org.springframework.stereotype.Component;

/** The decision. */
@Component
public class Suitability {

  public SuitabilityVerdict assess(SuitabilityQuestion question) {
    throw new IllegalStateException("not yet built");
  }
}
