package io.waymark.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import io.waymark.compliance.RulePack.Normalisation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Evasions and negations made from each rule's own wording; nobody wrote them down one by one. */
class EvasionsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final int AT_LEAST = 20;

  /** Nobody sees these. */
  private static final List<String> INVISIBLE =
      List.of(
          "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u0336", "\u202e");

  private static final List<String> SEPARATORS =
      List.of(" ", "\u3000", "\u00a0", "·", "-", "_", "*", "|", "~", "/", "+", "=", "【", "”");

  private static final List<String> MARKUP =
      List.of("<b>", "</b>", "<!-- x -->", "<span class=\"a\">", "&nbsp;", "&#8203;");

  /** Styles of digits and letters in Unicode, each by its zero and its small a. */
  private static final int[][] STYLES = {
    {0xff10, 0xff41}, {0x1d7ce, 0x1d41a}, {0x1d7d8, 0x1d552}, {0x1d7e2, 0x1d5ba}, {0x1d7f6, 0x1d68a}
  };

  private static final List<String> NEGATED =
      List.of(
          "严禁%s",
          "谨防%s骗局",
          "不得使用%s等表述",
          "凡宣称%s的都是骗局",
          "任何人员禁止以%s招揽客户",
          "请警惕“%s”类话术",
          "我司从未宣传%s",
          "%s属于违规宣传，切勿相信");

  private final PackShelf packs = PackShelf.shipped();
  private final RulePack pack = packs.active(NOW);
  private final Normalisation tables = pack.normalisation();
  private final Transliterator traditional = Transliterator.getInstance("Simplified-Traditional");

  private record Evasion(String kind, String text) {}

  @Test
  void every_rule_is_found_behind_twenty_evasions_of_its_own_wording() {
    List<String> missed = new ArrayList<>();
    Map<String, Integer> tried = new TreeMap<>();
    for (ContentRule rule : pack.rules()) {
      Set<Evasion> evasions = new LinkedHashSet<>();
      seeds(rule).forEach(seed -> evasions.addAll(evasions(rule, seed)));
      tried.put(rule.id(), evasions.size());
      for (Evasion evasion : evasions) {
        if (findings(evasion.text()).stream().noneMatch(f -> f.ruleId().equals(rule.id()))) {
          missed.add(rule.id() + " " + evasion);
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(tried).hasSize(91);
    tried.forEach((rule, count) -> assertThat(count).as(rule).isGreaterThanOrEqualTo(AT_LEAST));
    System.out.printf(
        "%d evasions of %d rules, fewest %d%n",
        tried.values().stream().mapToInt(Integer::intValue).sum(),
        tried.size(),
        tried.values().stream().mapToInt(Integer::intValue).min().orElse(0));
  }

  @Test
  void what_is_seen_only_behind_a_disguise_is_called_an_evasion() {
    for (String disguised : List.of("旱涝bao收", "旱l保收", "旱 涝 保 收", "悍涝保收", "hanlaobaoshou")) {
      assertThat(findings(disguised))
          .as(disguised)
          .filteredOn(f -> f.ruleId().equals("G07"))
          .singleElement()
          .matches(Finding::evasion);
    }
  }

  @Test
  void a_wording_that_is_denied_or_warned_of_is_not_a_hit_of_a_rule_that_allows_that() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (ContentRule rule : pack.rules()) {
      for (String seed : rule.negationClears() ? seeds(rule) : List.<String>of()) {
        for (String context : NEGATED) {
          tried++;
          String text = context.formatted(hit(rule, seed));
          findings(text).stream()
              .filter(f -> f.ruleId().equals(rule.id()) && f.level() != FindingLevel.REVIEW)
              .forEach(f -> wrong.add(rule.id() + " " + text));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(500);
  }

  /** Sentences that hit the rule: those of the corpus and wordings the rule itself spells out. */
  private List<String> seeds(ContentRule rule) {
    Set<String> seeds = new LinkedHashSet<>();
    Corpus.lines().stream()
        .filter(
            line -> (line.sign() == '!' || line.sign() == '?') && line.rules().contains(rule.id()))
        .map(Corpus.Line::sentence)
        .limit(3)
        .forEach(seeds::add);
    rule.phrases().stream().limit(4).forEach(seeds::add);
    for (Wording wording : rule.patterns()) {
      Set<String> all = RequiredLiterals.of(wording.match()).all();
      if (all != null) {
        all.stream().limit(6).forEach(seeds::add);
      }
    }
    // A short link without what it leads to leads nowhere.
    return seeds.stream()
        .map(seed -> seed.endsWith("/") ? seed + "x7kq2" : seed)
        .filter(
            seed ->
                findings(seed).stream().anyMatch(f -> f.ruleId().equals(rule.id()) && !f.evasion()))
        .toList();
  }

  private String hit(ContentRule rule, String seed) {
    return findings(seed).stream()
        .filter(f -> f.ruleId().equals(rule.id()))
        .findFirst()
        .orElseThrow()
        .matched();
  }

  private Set<Evasion> evasions(ContentRule rule, String seed) {
    Finding found =
        findings(seed).stream().filter(f -> f.ruleId().equals(rule.id())).findFirst().orElseThrow();
    Set<Evasion> made = new LinkedHashSet<>();
    String hit = found.matched();
    Map<String, String> changed = new LinkedHashMap<>();
    for (int at = 1; at < hit.length(); at++) {
      if (Character.isLowSurrogate(hit.charAt(at))) {
        continue;
      }
      String head = hit.substring(0, at);
      String tail = hit.substring(at);
      for (String hidden : INVISIBLE) {
        changed.put("invisible" + (int) hidden.charAt(0) + "@" + at, head + hidden + tail);
      }
      boolean inNumber = digit(hit.charAt(at - 1)) && digit(hit.charAt(at));
      for (String separator : inNumber ? List.<String>of() : SEPARATORS) {
        changed.put("separator" + separator + "@" + at, head + separator + tail);
      }
      for (String tag : inNumber ? List.of("<b>", "</b>", "&#8203;") : MARKUP) {
        changed.put("markup" + tag + "@" + at, head + tag + tail);
      }
    }
    changed.put("traditional", traditional.transliterate(hit));
    changed.put("entities", entities(hit));
    for (int[] style : STYLES) {
      changed.put("style" + style[0], styled(hit, style));
    }
    changed.putAll(substitutions(rule, hit, seed, found.start()));
    changed.forEach(
        (kind, text) -> {
          if (!text.equals(hit)) {
            made.add(
                new Evasion(
                    kind, seed.substring(0, found.start()) + text + seed.substring(found.end())));
          }
        });
    return made;
  }

  /** Sound, first letter or another character of the same sound, inside the rule's own words. */
  private Map<String, String> substitutions(ContentRule rule, String hit, String seed, int start) {
    Map<String, String> changed = new LinkedHashMap<>();
    for (String word : words(rule)) {
      int from = hit.indexOf(word);
      if (from < 0
          || word.length() < 2
          || !word.chars().allMatch(c -> c >= 0x4e00 && c <= 0x9fff)) {
        continue;
      }
      for (int i = 0; i < word.length(); i++) {
        int at = from + i;
        String sound = HanTables.sound(word.charAt(i));
        boolean afterLetter = latinBefore(seed, start + at);
        if (sound.length() > 1 && !afterLetter) {
          changed.put("sound@" + at, replaced(hit, at, sound));
          if (word.length() > 3) {
            changed.put("letter@" + at, replaced(hit, at, sound.substring(0, 1)));
          }
        }
        if (word.length() > 2) {
          for (char other : tables.sameSound().getOrDefault(word.charAt(i), "").toCharArray()) {
            changed.put("same" + other + "@" + at, replaced(hit, at, String.valueOf(other)));
          }
        }
      }
    }
    return changed;
  }

  /** Letters would run into the ones before them: AI解套 is no place to write AIjie套. */
  private static boolean latinBefore(String seed, int at) {
    return at > 0 && seed.charAt(at - 1) < 0x80 && Character.isLetter(seed.charAt(at - 1));
  }

  private static Set<String> words(ContentRule rule) {
    Set<String> words = new LinkedHashSet<>(rule.phrases());
    for (Wording wording : rule.patterns()) {
      RequiredLiterals.Reading reading = RequiredLiterals.of(wording.match());
      Set<String> all = reading.all();
      if (all != null) {
        words.addAll(all);
      } else {
        reading.needed().forEach(one -> words.addAll(one.literals()));
      }
    }
    return words;
  }

  private static String replaced(String text, int at, String by) {
    return text.substring(0, at) + by + text.substring(at + 1);
  }

  private static String entities(String text) {
    StringBuilder entities = new StringBuilder();
    text.codePoints().forEach(c -> entities.append("&#").append(c).append(';'));
    return entities.toString();
  }

  private static String styled(String text, int[] style) {
    StringBuilder styled = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c >= '0' && c <= '9') {
        styled.appendCodePoint(style[0] + c - '0');
      } else if (c >= 'a' && c <= 'z') {
        styled.appendCodePoint(style[1] + c - 'a');
      } else {
        styled.append(c);
      }
    }
    return styled.toString();
  }

  /** Digits that stand apart are two numbers, for a telephone number may not be made of dates. */
  private static boolean digit(char c) {
    return Character.isDigit(c);
  }

  private List<Finding> findings(String text) {
    return packs.scan(text, NOW).findings();
  }
}
