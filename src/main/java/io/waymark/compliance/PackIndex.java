package io.waymark.compliance;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The literals of all rules, each with the triggers it may set off. */
final class PackIndex {

  private final Normaliser normaliser;
  private final List<Trigger> triggers = new ArrayList<>();
  private final Map<String, List<Integer>> index = new TreeMap<>();

  /** What a rule can be heard or read as: its literals of several characters. */
  private final Map<String, ContentRule> wordings = new TreeMap<>();

  PackIndex(RulePack pack, Normaliser normaliser) {
    this.normaliser = normaliser;
    pack.rules().forEach(this::add);
    Map<String, ContentRule> rules = new TreeMap<>();
    pack.rules().forEach(rule -> rules.put(rule.id(), rule));
    pack.normalisation()
        .pinyin()
        .forEach((run, rule) -> addSound(run, Objects.requireNonNull(rules.get(rule))));
    DerivedDisguises.sounds(wordings)
        .forEach(
            (run, rule) -> {
              if (!index.containsKey(run)) {
                addSound(run, rule);
              }
            });
  }

  List<Trigger> triggers() {
    return triggers;
  }

  LiteralIndex literals() {
    return new LiteralIndex(index);
  }

  /** Every literal of at least two characters that a hit holds. */
  Set<String> wordings() {
    return new TreeSet<>(wordings.keySet());
  }

  private void add(ContentRule rule) {
    if (!rule.phrases().isEmpty()) {
      rule.phrases().forEach(phrase -> put(rule, phrase, 0));
      triggers.add(Trigger.ofPhrases(rule));
    }
    rule.patterns().forEach(wording -> add(rule, wording));
  }

  private void add(ContentRule rule, Wording wording) {
    Pattern pattern = compile(rule, wording);
    RequiredLiterals.Reading reading = RequiredLiterals.of(wording.match());
    if (reading.needed().isEmpty()) {
      throw new RulePackException(
          "规则 %s 的表达式 %s 不含任何固定字词, 请至少写出一个必现的字。".formatted(rule.id(), wording.match()));
    }
    int[] gaps = new int[Math.min(reading.needed().size(), 1 << Trigger.SET_BITS)];
    Set<String> all = reading.all();
    if (all != null) {
      all.forEach(literal -> put(rule, literal, 0));
    } else {
      for (int i = 0; i < gaps.length; i++) {
        int set = i;
        reading.needed().get(i).literals().forEach(literal -> put(rule, literal, set));
        gaps[i] = reading.needed().get(i).gap();
      }
    }
    triggers.add(
        new Trigger(
            rule,
            all == null ? pattern : null,
            gaps,
            new Surroundings(wording.notBefore(), wording.notAfter()),
            wording.notInside(),
            false));
  }

  private void addSound(String run, ContentRule rule) {
    put(rule, run, 0);
    triggers.add(Trigger.ofSound(rule));
  }

  /** Files a literal under the trigger that is added next. */
  private void put(ContentRule rule, String literal, int set) {
    String normal = normaliser.plain(literal);
    if (!normal.equals(literal)) {
      throw new RulePackException(
          "规则 %s 的字词 %s 在规范化后变为 %s, 永远不会命中, 请改写为规范化后的形式。".formatted(rule.id(), literal, normal));
    }
    index
        .computeIfAbsent(literal, key -> new ArrayList<>())
        .add(triggers.size() << Trigger.SET_BITS | set);
    if (literal.length() > 1) {
      wordings.putIfAbsent(literal, rule);
    }
  }

  private static Pattern compile(ContentRule rule, Wording wording) {
    try {
      return Pattern.compile(wording.match().replaceAll("(?<!\\\\)\\.(?=\\{)", "[^。;!?\\\\n]"));
    } catch (PatternSyntaxException e) {
      throw new RulePackException(
          "规则 %s 的表达式 %s 不是有效的 RE2 表达式, 请改正。".formatted(rule.id(), wording.match()), e);
    }
  }
}
