package io.waymark.compliance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two packs, rule by rule.
 *
 * @param rules in the order of the newer pack, removed ones last
 * @param tables names of the parts beside the rules that differ: {@code sources}, {@code
 *     normalisation}, {@code negation}
 */
public record PackDiff(List<RuleChange> rules, List<String> tables) {

  public PackDiff {
    rules = List.copyOf(rules);
    tables = List.copyOf(tables);
  }

  /**
   * One rule that differs.
   *
   * @param before null when it is new
   * @param after null when it was removed
   * @param fields names of the fields that differ; empty when it is new or removed
   */
  public record RuleChange(
      String id, @Nullable ContentRule before, @Nullable ContentRule after, List<String> fields) {

    public RuleChange {
      fields = List.copyOf(fields);
    }
  }

  /** Compares. */
  public static PackDiff between(RulePack older, RulePack newer) {
    Map<String, ContentRule> before = new LinkedHashMap<>();
    older.rules().forEach(rule -> before.put(rule.id(), rule));
    List<RuleChange> changes = new ArrayList<>();
    for (ContentRule after : newer.rules()) {
      ContentRule was = before.remove(after.id());
      if (was == null) {
        changes.add(new RuleChange(after.id(), null, after, List.of()));
      } else if (!was.equals(after)) {
        changes.add(new RuleChange(after.id(), was, after, fields(was, after)));
      }
    }
    before.forEach((id, rule) -> changes.add(new RuleChange(id, rule, null, List.of())));
    List<String> tables = new ArrayList<>();
    note(tables, "sources", older.sources(), newer.sources());
    note(tables, "normalisation", older.normalisation(), newer.normalisation());
    note(tables, "negation", older.negation(), newer.negation());
    return new PackDiff(changes, tables);
  }

  private static List<String> fields(ContentRule was, ContentRule is) {
    List<String> fields = new ArrayList<>();
    note(fields, "category", was.category(), is.category());
    note(fields, "level", was.level(), is.level());
    note(fields, "basis", was.basis(), is.basis());
    note(fields, "alternative", was.alternative(), is.alternative());
    note(fields, "negationClears", was.negationClears(), is.negationClears());
    note(fields, "effectiveFrom", was.effectiveFrom(), is.effectiveFrom());
    note(fields, "effectiveUntil", was.effectiveUntil(), is.effectiveUntil());
    note(fields, "phrases", was.phrases(), is.phrases());
    note(fields, "patterns", was.patterns(), is.patterns());
    note(fields, "disabled", was.disabled(), is.disabled());
    note(fields, "hits", was.hits(), is.hits());
    note(fields, "misses", was.misses(), is.misses());
    return fields;
  }

  private static void note(
      List<String> names, String name, @Nullable Object was, @Nullable Object is) {
    if (!Objects.equals(was, is)) {
      names.add(name);
    }
  }
}
