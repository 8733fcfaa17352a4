package io.waymark.journey.rehearsal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is played: a version the engine has, whatever its state, or a drawing nobody has deployed.
 *
 * @param versionId id of the version, or null for a drawing
 * @param files content by file name of the drawing with its tables and forms; empty for a version
 */
public record Script(@Nullable Long versionId, Map<String, byte[]> files) {

  public Script {
    files = Map.copyOf(files);
  }

  /** A version the engine has. */
  public static Script of(long versionId) {
    return new Script(versionId, Map.of());
  }

  /** A drawing with its tables and forms. */
  public static Script drawn(Map<String, byte[]> files) {
    return new Script(null, files);
  }
}
