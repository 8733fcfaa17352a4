package io.waymark.customer.tag;

import io.waymark.platform.staff.Role;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How closely a tag is held (requirement K6: 公开、敏感、绝密). */
public enum PrivacyClass {
  /** Shown to whoever may see the customer. */
  PUBLIC,
  /** Changes stand in timelines without their values; tags declared by a file begin here. */
  SENSITIVE,
  /**
   * As sensitive, and meant for rules alone: screens show its values to compliance officers only.
   */
  SECRET;

  /** Whether a person of this role sees values; null for another system, which sees no secret. */
  public boolean shownTo(@Nullable Role role) {
    return this != SECRET || role == Role.COMPLIANCE;
  }

  /** The word used in the API and on screens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
