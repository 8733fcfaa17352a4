package io.waymark.compliance;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule pack made ready to read: one pass finds every literal, and only the patterns whose
 * literals were seen are tried.
 */
final class CompiledPack {

  /** One way a rule can be hit; a phrase has no pattern. */
  private record Trigger(
      ContentRule rule,
      @Nullable Pattern pattern,
      Surroundings surroundings,
      List<String> notInside,
      boolean pinyin) {}

  private final RulePack pack;
  private final Normaliser normaliser;
  private final Undisguise undisguise;
  private final Negation negation;
  private final List<Trigger> triggers = new ArrayList<>();
  private final AhoCorasickDoubleArrayTrie<int[]> literals = new AhoCorasickDoubleArrayTrie<>();

  CompiledPack(RulePack pack) {
    this.pack = pack;
    normaliser = new Normaliser(pack.normalisation());
    undisguise = new Undisguise(pack.normalisation().disguises());
    negation = new Negation(pack.negation());
    Map<String, List<Integer>> index = new TreeMap<>();
    pack.rules().forEach(rule -> index(rule, index));
    pack.normalisation().pinyin().forEach((run, rule) -> indexPinyin(run, rule, index));
    Map<String, int[]> values = new TreeMap<>();
    index.forEach(
        (literal, of) -> values.put(literal, of.stream().mapToInt(Integer::intValue).toArray()));
    literals.build(values);
  }

  private void index(ContentRule rule, Map<String, List<Integer>> index) {
    Surroundings open = new Surroundings(List.of(), List.of());
    for (String phrase : rule.phrases()) {
      put(rule, phrase, index);
    }
    if (!rule.phrases().isEmpty()) {
      triggers.add(new Trigger(rule, null, open, List.of(), false));
    }
    for (Wording wording : rule.patterns()) {
      Set<String> needed = RequiredLiterals.of(wording.match());
      if (needed == null) {
        throw new RulePackException(
            "规则 %s 的表达式 %s 不含任何固定字词, 请至少写出一个必现的字。".formatted(rule.id(), wording.match()));
      }
      needed.forEach(literal -> put(rule, literal, index));
      triggers.add(
          new Trigger(
              rule,
              compile(rule, wording),
              new Surroundings(wording.notBefore(), wording.notAfter()),
              wording.notInside(),
              false));
    }
  }

  private void indexPinyin(String run, String ruleId, Map<String, List<Integer>> index) {
    ContentRule rule =
        pack.rules().stream().filter(r -> r.id().equals(ruleId)).findFirst().orElseThrow();
    put(rule, run, index);
    triggers.add(new Trigger(rule, null, new Surroundings(List.of(), List.of()), List.of(), true));
  }

  /** Files a literal under the trigger that is added next. */
  private void put(ContentRule rule, String literal, Map<String, List<Integer>> index) {
    String normal = normaliser.plain(literal, false).text();
    if (!normal.equals(literal)) {
      throw new RulePackException(
          "规则 %s 的字词 %s 在规范化后变为 %s, 永远不会命中, 请改写为规范化后的形式。".formatted(rule.id(), literal, normal));
    }
    index.computeIfAbsent(literal, key -> new ArrayList<>()).add(triggers.size());
  }

  private static Pattern compile(ContentRule rule, Wording wording) {
    try {
      return Pattern.compile(wording.match().replaceAll("(?<!\\\\)\\.(?=\\{)", "[^。;!?\\\\n]"));
    } catch (PatternSyntaxException e) {
      throw new RulePackException(
          "规则 %s 的表达式 %s 不是有效的 RE2 表达式, 请改正。".formatted(rule.id(), wording.match()), e);
    }
  }

  /** Every finding in a raw text, in order of place. */
  List<Finding> scan(String raw, LocalDate day) {
    List<Finding> findings = new ArrayList<>();
    MappedText literal = normaliser.plain(raw, false);
    read(literal, raw, day, false, findings);
    MappedText plain = literal;
    if (VisibleText.looksLikeHtml(raw)) {
      plain = normaliser.plain(raw, true);
      read(plain, raw, day, false, findings);
    }
    MappedText skeleton = normaliser.skeleton(plain);
    if (skeleton != plain) {
      read(skeleton, raw, day, true, findings);
    }
    MappedText undisguised = undisguise.apply(skeleton);
    if (undisguised != skeleton) {
      read(undisguised, raw, day, true, findings);
    }
    findings.sort(Comparator.comparingInt(Finding::start).thenComparing(Finding::ruleId));
    return findings;
  }

  private void read(
      MappedText view, String raw, LocalDate day, boolean disguised, List<Finding> findings) {
    BitSet candidates = new BitSet(triggers.size());
    String text = view.text();
    literals.parseText(
        text,
        (begin, end, of) -> {
          for (int number : of) {
            Trigger trigger = triggers.get(number);
            if (trigger.pattern() != null) {
              candidates.set(number);
            } else {
              judge(trigger, view, begin, end, raw, day, disguised, findings);
            }
          }
        });
    for (int number = candidates.nextSetBit(0);
        number >= 0;
        number = candidates.nextSetBit(number + 1)) {
      Trigger trigger = triggers.get(number);
      Matcher matcher = trigger.pattern().matcher(text);
      int from = 0;
      while (from < text.length() && matcher.find(from)) {
        boolean counted =
            judge(trigger, view, matcher.start(), matcher.end(), raw, day, disguised, findings);
        from = counted ? Math.max(matcher.end(), matcher.start() + 1) : matcher.start() + 1;
      }
    }
  }

  /** Adds the hit unless its surroundings or a negation clear it. */
  private boolean judge(
      Trigger trigger,
      MappedText view,
      int begin,
      int end,
      String raw,
      LocalDate day,
      boolean disguised,
      List<Finding> findings) {
    ContentRule rule = trigger.rule();
    String text = view.text();
    if (begin == end
        || !rule.inForce(day)
        || !trigger.surroundings().allow(text, begin, end)
        || trigger.notInside().stream().anyMatch(text.substring(begin, end)::contains)) {
      return false;
    }
    FindingLevel level = trigger.pinyin() ? FindingLevel.REVIEW : rule.level();
    if (rule.negationClears()) {
      switch (negation.read(text, begin, end)) {
        case CLEARED -> {
          return false;
        }
        case DOUBTFUL -> level = FindingLevel.REVIEW;
        case ASSERTED -> {}
      }
    }
    add(
        new Finding(
            rule.id(),
            rule.category(),
            level,
            view.rawStart(begin),
            view.rawEnd(end),
            raw.substring(view.rawStart(begin), view.rawEnd(end)),
            String.join(",", rule.basis()),
            rule.alternative(),
            disguised || trigger.pinyin()),
        findings);
    return true;
  }

  /** One finding per rule and place: the first view that saw it, and within a view the longest. */
  private static void add(Finding finding, List<Finding> findings) {
    for (int i = 0; i < findings.size(); i++) {
      Finding other = findings.get(i);
      if (other.ruleId().equals(finding.ruleId())
          && other.start() < finding.end()
          && finding.start() < other.end()) {
        boolean longer = finding.end() - finding.start() > other.end() - other.start();
        if (longer && finding.evasion() == other.evasion()) {
          findings.set(i, finding);
        }
        return;
      }
    }
    findings.add(finding);
  }
}
