package io.waymark.advisor;

import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.ShippedPolicy;
import io.waymark.suitability.table.DecisionTable;
import io.waymark.suitability.table.DecisionTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * How tasks are given to advisors: one decision table, drawn in Camunda Modeler and approved like
 * every policy.
 */
@Component
public class RoutingPolicyKind implements PolicyKind<RoutingTable> {

  /** Its code, also in addresses. */
  public static final String CODE = "task-routing";

  private static final String SHIPPED_VERSION = "2026-11-22";
  private static final Instant SHIPPED_FROM = Instant.parse("2026-11-21T16:00:00Z");
  private static final Set<String> INPUTS = Set.of("kind", "tier", "urgency");

  private final DecisionTables tables;
  private final Resource file;

  RoutingPolicyKind(
      DecisionTables tables,
      @Value("${waymark.advisor.routing:classpath:processes/task-routing.dmn}") Resource file) {
    this.tables = tables;
    this.file = file;
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "投顾任务分派规则";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          SHIPPED_VERSION, SHIPPED_FROM, file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("分派规则文件 %s 无法读取,请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    List<String> unsafe = tables.problems(source);
    if (!unsafe.isEmpty()) {
      return unsafe;
    }
    try {
      RoutingTable table = read(source);
      DecisionTable drawn = table.drawn();
      Set<String> unknown =
          drawn.inputs().stream()
              .map(DecisionTable.Column::name)
              .filter(name -> !INPUTS.contains(name))
              .collect(Collectors.toCollection(TreeSet::new));
      if (!unknown.isEmpty()) {
        return List.of(
            "输入列 %s 不可用,只能用 %s。".formatted(unknown, String.join("、", new TreeSet<>(INPUTS))));
      }
      tryEveryQuestion(table);
      return List.of();
    } catch (IllegalArgumentException wrong) {
      return List.of(String.valueOf(wrong.getMessage()));
    }
  }

  /**
   * Every question a drawing can ask must have an answer, for a customer of a tier nobody named.
   */
  private static void tryEveryQuestion(RoutingTable table) {
    Set<String> tiers =
        table.drawn().lines().stream()
            .flatMap(line -> line.inputs().stream())
            .flatMap(cell -> List.of(cell.split(",")).stream())
            .map(word -> word.strip().replace("\"", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    tiers.add("");
    for (String kind : TaskNeeds.KINDS) {
      for (String urgency : TaskNeeds.URGENCIES) {
        tiers.forEach(tier -> table.rule(kind, tier, urgency));
      }
    }
  }

  @Override
  public RoutingTable read(String source) {
    return new RoutingTable(tables.open(source));
  }
}
