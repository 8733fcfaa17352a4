package io.waymark.customer.identity;

import io.waymark.customer.IdentityType;
import java.util.List;

/** What the rules say of two persons who state the same identity. */
sealed interface IdentityVerdict {

  /** One person, and the identity that says so. */
  record Same(IdentityType type) implements IdentityVerdict {}

  /**
   * The rules may not say; a person must.
   *
   * @param type the weightiest identity both state
   * @param reasons codes: {@code born}, {@code person_differs}, {@code person_unknown}, {@code
   *     other_branch}, {@code more:<type>}
   */
  record Doubtful(IdentityType type, List<String> reasons) implements IdentityVerdict {

    public Doubtful {
      reasons = List.copyOf(reasons);
    }
  }

  /** Nothing that counts links them. */
  record Unlinked() implements IdentityVerdict {}
}
