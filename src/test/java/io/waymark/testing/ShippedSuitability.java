package io.waymark.testing;

import io.waymark.engine.table.CamundaTables;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.suitability.SuitabilityPolicies;
import io.waymark.suitability.SuitabilityPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The suitability policy that comes with Waymark, without a database. */
public final class ShippedSuitability {

  /** Its version, as verdicts name it. */
  public static final String VERSION = "2026-11-22";

  private static final PolicyInForce<SuitabilityPolicy> SHIPPED = read();

  private ShippedSuitability() {}

  /** In force at every moment. */
  public static SuitabilityPolicies policies() {
    return moment -> SHIPPED;
  }

  /** The file as people draw it. */
  public static String source() {
    try {
      return Files.readString(Path.of("processes", "suitability-policy.dmn"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PolicyInForce<SuitabilityPolicy> read() {
    String source = source();
    return new PolicyInForce<>(
        new PolicyDocument(
            "suitability",
            VERSION,
            "0".repeat(64),
            source,
            Instant.EPOCH,
            "system",
            Instant.EPOCH,
            true,
            null,
            null,
            null,
            null,
            null),
        SuitabilityPolicy.read(source, new CamundaTables()));
  }
}
