package io.waymark.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads the statements of everything a rehearsed journey may call. Who adds a table that a journey
 * writes decides here whether it is played or not reached.
 */
class PropsTest {

  private static final Path SOURCES = Path.of("src/main/java/io/waymark");

  private static final Pattern WRITES =
      Pattern.compile(
          "(?:insert\\s+into|delete\\s+from)\\s+(?:pg_temp\\.)?([a-z_]+)\\b"
              + "|\"?\\bupdate\\s+([a-z_]+)(?:\\s+(?:as\\s+)?[a-z]{1,2})?\\s+set\\b");

  /** Where the code lives that runs on a stage. */
  private static final List<String> PLAYED =
      List.of(
          "engine/run",
          "engine/step",
          "engine/rehearsal",
          "journey",
          "advisor",
          "contact",
          "experiment",
          "recommend",
          "customer/event",
          "customer/CustomerRows.java",
          "customer/Consents.java",
          "customer/RiskAssessments.java",
          "customer/tag/TagWriter.java",
          "customer/tag/CustomerTags.java",
          "platform/crypto",
          "evidence/EvidenceLog.java",
          "suitability/behaviour",
          "segment/cooling",
          "compliance/abuse");

  /** Written in those places, by acts of people or by upkeep that no journey calls. */
  private static final Map<String, String> NOT_PLAYED =
      Map.ofEntries(
          Map.entry("act_ru_job", "moved by a person's choice for overdue timers"),
          Map.entry("advisor_absence", "a person is away"),
          Map.entry("campaign", "a person writes it, or its round runs it"),
          Map.entry("campaign_place", "the round that releases a campaign day by day"),
          Map.entry("customer_note", "an advisor writes it"),
          Map.entry("satisfaction", "what a customer answers on a page"),
          Map.entry("customer_move", "a person moves somebody, or a migration"),
          Map.entry("dispatch_node", "nodes that share a provider's rate"),
          Map.entry("event_type", "a person declares it"),
          Map.entry("in_app_message_seen", "the App's answer"),
          Map.entry("journey_drawing", "the editor"),
          Map.entry("journey_drawing_comment", "the editor"),
          Map.entry("journey_drawing_revision", "the editor"),
          Map.entry("journey_test", "what is kept of a rehearsal"),
          Map.entry("migration_failure", "a migration"),
          Map.entry("migration_plan", "a migration"),
          Map.entry("rehearsal", "what is kept of a rehearsal"),
          Map.entry("suppression_list", "a person imports it"),
          Map.entry("rejected_row", "imports and upkeep"),
          Map.entry("recall_reached", "the work of a recall"),
          Map.entry("customer_history", "history is loaded"),
          Map.entry("undeclared_event_type", "upkeep"));

  @Test
  void every_table_a_journey_writes_stands_on_the_stage() throws IOException {
    Set<String> played = Props.of(List.of(), List.of()).tables().keySet();
    Set<String> forgotten = new TreeSet<>();
    for (String place : PLAYED) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(place))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          WRITES
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
              .filter(table -> !played.contains(table) && !NOT_PLAYED.containsKey(table))
              .forEach(table -> forgotten.add(table + " in " + SOURCES.relativize(file)));
        }
      }
    }
    assertThat(forgotten)
        .as("add each to Props when a journey's step writes it, otherwise here to NOT_PLAYED")
        .isEmpty();
  }

  @Test
  void the_search_finds_statements_as_they_are_written() {
    assertThat(WRITES.matcher("insert into x (a)").find()).isTrue();
    assertThat(WRITES.matcher("update participation p set process").find()).isTrue();
    assertThat(WRITES.matcher("\"\"\"\n update node_visit set left_at").find()).isTrue();
    assertThat(WRITES.matcher("for update of q skip locked").find()).isFalse();
  }
}
