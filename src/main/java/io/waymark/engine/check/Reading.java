package io.waymark.engine.check;

import io.waymark.engine.check.compliance.ComplianceRules;
import io.waymark.engine.check.contact.ContactRules;
import io.waymark.engine.check.portability.PortabilityRules;
import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Facts;
import io.waymark.engine.check.rule.Form;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.engine.check.rule.Table;
import io.waymark.engine.check.structure.StructureRules;
import io.waymark.journey.check.Finding;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of one journey, read once; every rule but the sandbox's looks at this. */
final class Reading {

  private static final List<Rule> RULES =
      Stream.of(
              StructureRules.all(),
              ContactRules.all(),
              ComplianceRules.all(),
              PortabilityRules.all())
          .flatMap(List::stream)
          .toList();

  /** Files of which nothing can be said. */
  static final Reading NOTHING = new Reading(null);

  private final @Nullable Subject subject;

  private Reading(@Nullable Subject subject) {
    this.subject = subject;
  }

  /** Every rule, in the order in which findings are told. */
  static List<Rule> rules() {
    return RULES;
  }

  /** Reads the files; nothing is known about what cannot be read. */
  static Reading of(Map<String, byte[]> files, Function<Drawing, Facts> facts, Instant now) {
    List<Drawing> drawings =
        files.entrySet().stream()
            .filter(file -> file.getKey().endsWith(".bpmn"))
            .flatMap(file -> Drawing.read(file.getKey(), file.getValue()).stream())
            .toList();
    if (drawings.size() != 1) {
      return NOTHING;
    }
    Map<String, Table> tables = new HashMap<>();
    Map<String, Form> forms = new HashMap<>();
    files.forEach(
        (name, bytes) -> {
          if (name.endsWith(".dmn")) {
            tables.putAll(Table.read(bytes));
          } else if (name.endsWith(".form")) {
            Form.read(bytes).ifPresent(form -> forms.put(form.id(), form));
          }
        });
    Drawing drawing = drawings.get(0);
    return new Reading(new Subject(drawing, tables, forms, facts.apply(drawing), now));
  }

  /** What the rules say, rule by rule. */
  List<Finding> findings() {
    return subject == null
        ? List.of()
        : RULES.stream()
            .flatMap(rule -> rule.marks(subject).map(mark -> finding(rule, mark)))
            .toList();
  }

  private Finding finding(Rule rule, Mark mark) {
    return new Finding(
        rule.id(),
        Objects.requireNonNullElse(mark.severity(), rule.severity()),
        Objects.requireNonNull(subject).drawing().file(),
        mark.element(),
        name(mark.element()).orElse(null),
        mark.why(),
        mark.mend());
  }

  /** Whether the drawing has an element of this id, so that it can be marked. */
  boolean has(String id) {
    return subject != null
        && (subject.drawing().node(id) != null
            || subject.drawing().key().equals(id)
            || subject.drawing().flows().stream().anyMatch(flow -> flow.id().equals(id)));
  }

  /** What the drawing calls an element. */
  Optional<String> name(@Nullable String id) {
    if (subject == null || id == null) {
      return Optional.empty();
    }
    Node node = subject.drawing().node(id);
    Stream<String> names =
        node != null
            ? Stream.of(node.name())
            : subject.drawing().flows().stream()
                .filter(flow -> flow.id().equals(id))
                .map(flow -> flow.name());
    return names.filter(name -> !name.isEmpty()).findFirst();
  }

  /** Errors first, otherwise as they come. */
  static List<Finding> ordered(Stream<Finding> findings) {
    return findings.distinct().sorted(Comparator.comparing(Finding::severity)).toList();
  }
}
