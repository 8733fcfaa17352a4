package io.waymark.platform.staff;

import java.util.Set;

/**
 * A key of another system, without its secret.
 *
 * @param scopes what it may do: {@code ingest}, {@code read}, {@code metrics}
 * @param scope the branches whose rows it may read and write
 */
public record ApiKey(String name, Set<String> scopes, BranchScope scope) {

  /** The scopes a key can have. */
  public static final Set<String> SCOPES = Set.of("ingest", "read", "metrics", "rights");

  public ApiKey {
    scopes = Set.copyOf(scopes);
  }
}
