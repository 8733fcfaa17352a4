package io.waymark.suitability;

import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.ShippedPolicy;
import io.waymark.suitability.table.DecisionTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** The suitability policy: one file of decision tables, drawn in Camunda Modeler. */
@Component
public class SuitabilityPolicyKind implements PolicyKind<SuitabilityPolicy> {

  /** Its code, also in addresses. */
  public static final String CODE = "suitability";

  private static final String SHIPPED_VERSION = "2026-11-22";
  private static final Instant SHIPPED_FROM = Instant.parse("2026-11-21T16:00:00Z");

  private final DecisionTables tables;
  private final Resource file;

  SuitabilityPolicyKind(
      DecisionTables tables,
      @Value("${waymark.suitability.policy:classpath:processes/suitability-policy.dmn}")
          Resource file) {
    this.tables = tables;
    this.file = file;
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "适当性策略";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          SHIPPED_VERSION, SHIPPED_FROM, file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("适当性策略文件 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    return PolicyChecks.of(source, tables);
  }

  @Override
  public SuitabilityPolicy read(String source) {
    return SuitabilityPolicy.read(source, tables);
  }
}
