package io.waymark.compliance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether a place where a rule's wording stands is a hit of the rule, and of which weight. */
final class Judgement {

  /** A place in a view. */
  record Span(int begin, int end) {}

  /** One text under judgement, with what was found so far. */
  record Case(String raw, LocalDate day, List<Finding> findings) {

    Case(String raw, LocalDate day) {
      this(raw, day, new ArrayList<>(0));
    }

    /**
     * One finding per rule and place: the first view that saw it, and within a view the longest.
     */
    private void add(Finding finding) {
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

  private final Negation negation;

  Judgement(Negation negation) {
    this.negation = negation;
  }

  /** From left to right, at each place the longest, as a pattern would. */
  void judgeAll(Trigger trigger, List<Span> spans, View view, boolean disguised, Case one) {
    if (spans.size() > 1) {
      spans.sort(
          Comparator.comparingInt(Span::begin)
              .thenComparing(Comparator.comparingInt(Span::end).reversed()));
    }
    int from = 0;
    for (Span span : spans) {
      if (span.begin() >= from) {
        boolean counted = judge(trigger, span.begin(), span.end(), view, disguised, one);
        from = counted ? span.end() : span.begin() + 1;
      }
    }
  }

  /** Adds the hit unless its surroundings or a negation clear it. */
  private boolean judge(
      Trigger trigger, int begin, int end, View view, boolean disguised, Case one) {
    ContentRule rule = trigger.rule();
    if (begin == end
        || !rule.inForce(one.day())
        || !trigger.surroundings().allow(view, begin, end)
        || holdsExcluded(trigger, view, begin, end)) {
      return false;
    }
    FindingLevel level = trigger.pinyin() ? FindingLevel.REVIEW : rule.level();
    if (rule.negationClears()) {
      switch (negation.read(view, begin, end)) {
        case CLEARED -> {
          return false;
        }
        case DOUBTFUL -> level = FindingLevel.REVIEW;
        case ASSERTED -> {}
      }
    }
    int start = view.rawStart(begin);
    int after = view.rawEnd(end);
    one.add(
        new Finding(
            rule.id(),
            rule.category(),
            level,
            start,
            after,
            one.raw().substring(start, after),
            String.join(",", rule.basis()),
            rule.alternative(),
            disguised || trigger.pinyin()));
    return true;
  }

  private static boolean holdsExcluded(Trigger trigger, View view, int begin, int end) {
    if (trigger.notInside().isEmpty()) {
      return false;
    }
    String text = view.text(begin, end);
    return trigger.notInside().stream().anyMatch(text::contains);
  }
}
