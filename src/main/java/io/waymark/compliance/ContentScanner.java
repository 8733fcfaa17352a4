package io.waymark.compliance;

import org.springframework.stereotype.Component;

/** Reads a rendered text with the rule pack in force. */
@Component
public class ContentScanner {

  /** Scans with the pack in force now. */
  public ScanReport scan(String text) {
    throw new IllegalStateException("not yet built");
  }
}
