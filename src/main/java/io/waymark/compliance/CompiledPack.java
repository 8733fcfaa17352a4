package io.waymark.compliance;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.time.LocalDate;
import java.util.ArrayList;
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

  /** Bits of an index entry that number the set of literals; no pattern needs more sets. */
  private static final int SET_BITS = 3;

  /**
   * One way a rule can be hit.
   *
   * @param pattern null when the literals themselves are the hits
   * @param allSets a bit for each set of literals that must be seen before the pattern is tried
   */
  private record Trigger(
      ContentRule rule,
      @Nullable Pattern pattern,
      int allSets,
      Surroundings surroundings,
      List<String> notInside,
      boolean pinyin) {}

  private record Span(int begin, int end) {}

  private static final String SENTENCE_ENDS = "。;!?\n";
  private static final Surroundings OPEN = new Surroundings(List.of(), List.of());

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
    if (!rule.phrases().isEmpty()) {
      rule.phrases().forEach(phrase -> put(rule, phrase, 0, index));
      triggers.add(new Trigger(rule, null, 0, OPEN, List.of(), false));
    }
    for (Wording wording : rule.patterns()) {
      Pattern pattern = compile(rule, wording);
      RequiredLiterals.Reading reading = RequiredLiterals.of(wording.match());
      if (reading.needed().isEmpty()) {
        throw new RulePackException(
            "规则 %s 的表达式 %s 不含任何固定字词, 请至少写出一个必现的字。".formatted(rule.id(), wording.match()));
      }
      int sets = 0;
      if (reading.all() != null) {
        pattern = null;
        reading.all().forEach(literal -> put(rule, literal, 0, index));
      } else {
        for (Set<String> literals : reading.needed()) {
          if (sets < 1 << SET_BITS) {
            int set = sets++;
            literals.forEach(literal -> put(rule, literal, set, index));
          }
        }
      }
      triggers.add(
          new Trigger(
              rule,
              pattern,
              (1 << sets) - 1,
              new Surroundings(wording.notBefore(), wording.notAfter()),
              wording.notInside(),
              false));
    }
  }

  private void indexPinyin(String run, String ruleId, Map<String, List<Integer>> index) {
    ContentRule rule =
        pack.rules().stream().filter(r -> r.id().equals(ruleId)).findFirst().orElseThrow();
    put(rule, run, 0, index);
    triggers.add(new Trigger(rule, null, 0, OPEN, List.of(), true));
  }

  /** Files a literal under the trigger that is added next. */
  private void put(ContentRule rule, String literal, int set, Map<String, List<Integer>> index) {
    String normal = normaliser.plain(literal, false).text();
    if (!normal.equals(literal)) {
      throw new RulePackException(
          "规则 %s 的字词 %s 在规范化后变为 %s, 永远不会命中, 请改写为规范化后的形式。".formatted(rule.id(), literal, normal));
    }
    index.computeIfAbsent(literal, key -> new ArrayList<>()).add(triggers.size() << SET_BITS | set);
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
    String text = view.text();
    int start = 0;
    for (int end = 0; end <= text.length(); end++) {
      // No rule speaks across a sentence, so each is read for itself.
      if (end == text.length() || SENTENCE_ENDS.indexOf(text.charAt(end)) >= 0) {
        if (end > start) {
          sentence(view, start, text.substring(start, end), raw, day, disguised, findings);
        }
        start = end + 1;
      }
    }
  }

  private void sentence(
      MappedText view,
      int offset,
      String sentence,
      String raw,
      LocalDate day,
      boolean disguised,
      List<Finding> findings) {
    Map<Integer, Integer> seen = new TreeMap<>();
    Map<Integer, List<Span>> hits = new TreeMap<>();
    literals.parseText(
        sentence,
        (begin, end, entries) -> {
          for (int entry : entries) {
            int number = entry >> SET_BITS;
            if (triggers.get(number).pattern() == null) {
              hits.computeIfAbsent(number, key -> new ArrayList<>())
                  .add(new Span(offset + begin, offset + end));
            } else {
              seen.merge(number, 1 << (entry & (1 << SET_BITS) - 1), (a, b) -> a | b);
            }
          }
        });
    hits.forEach(
        (number, spans) ->
            judgeAll(triggers.get(number), spans, view, raw, day, disguised, findings));
    seen.forEach(
        (number, sets) -> {
          Trigger trigger = triggers.get(number);
          if (trigger.pattern() != null && sets == trigger.allSets()) {
            List<Span> spans = new ArrayList<>();
            Matcher matcher = trigger.pattern().matcher(sentence);
            for (int from = 0;
                from < sentence.length() && matcher.find(from);
                from = matcher.start() + 1) {
              spans.add(new Span(offset + matcher.start(), offset + matcher.end()));
            }
            judgeAll(trigger, spans, view, raw, day, disguised, findings);
          }
        });
  }

  /** From left to right, at each place the longest, as a pattern would. */
  private void judgeAll(
      Trigger trigger,
      List<Span> spans,
      MappedText view,
      String raw,
      LocalDate day,
      boolean disguised,
      List<Finding> findings) {
    spans.sort(
        Comparator.comparingInt(Span::begin)
            .thenComparing(Comparator.comparingInt(Span::end).reversed()));
    int from = 0;
    for (Span span : spans) {
      if (span.begin() < from) {
        continue;
      }
      boolean counted =
          judge(trigger, view, span.begin(), span.end(), raw, day, disguised, findings);
      from = counted ? span.end() : span.begin() + 1;
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
