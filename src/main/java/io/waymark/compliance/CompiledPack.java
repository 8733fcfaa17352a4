package io.waymark.compliance;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.waymark.compliance.RulePack.Disguise;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rule pack made ready to read: one pass over a view finds every literal, and only the patterns
 * whose literals were seen are tried, on the sentence alone. A view that undoes a disguise is made
 * only of texts that hold the signs of one, and only its changed sentences are read again.
 */
final class CompiledPack {

  /** What one thread writes on while it reads. */
  private static final class Desk {

    final View literal = new View();
    final View visible = new View();
    final View skeleton = new View();
    final View undisguised = new View();
    final Sentence sentence;

    Desk(int triggers) {
      sentence = new Sentence(triggers);
    }
  }

  private final Normaliser normaliser;
  private final Undisguise undisguise;
  private final Judgement judgement;
  private final Trigger[] triggers;
  private final LiteralIndex literals;
  private final ThreadLocal<Desk> desks;

  CompiledPack(RulePack pack) {
    normaliser = new Normaliser(pack.normalisation());
    PackIndex index = new PackIndex(pack, normaliser);
    triggers = index.triggers().toArray(Trigger[]::new);
    literals = index.literals();
    List<Disguise> disguises = new ArrayList<>(pack.normalisation().disguises());
    disguises.addAll(DerivedDisguises.of(index.wordings(), pack.normalisation().sameSound()));
    undisguise = new Undisguise(disguises);
    normaliser.masks(undisguise.masks());
    judgement = new Judgement(new Negation(pack.negation()));
    desks = ThreadLocal.withInitial(() -> new Desk(triggers.length));
  }

  /** Every finding in a raw text, in order of place. */
  List<Finding> scan(String raw, LocalDate day) {
    Desk desk = desks.get();
    Judgement.Case one = new Judgement.Case(raw, day);
    normaliser.plain(raw, desk.literal);
    read(desk.literal, false, desk.sentence, one);
    View plain = desk.literal;
    if (VisibleText.looksLikeHtml(raw)) {
      plain = desk.visible;
      normaliser.visible(raw, plain);
      read(plain, false, desk.sentence, one);
    }
    View skeleton = normaliser.skeleton(plain, desk.skeleton);
    if (skeleton != plain) {
      readChanged(skeleton, desk.sentence, one);
    }
    View undisguised = undisguise.apply(skeleton, desk.undisguised, normaliser);
    if (undisguised != skeleton) {
      readChanged(undisguised, desk.sentence, one);
    }
    List<Finding> findings = one.findings();
    if (findings.size() > 1) {
      findings.sort(Comparator.comparingInt(Finding::start).thenComparing(Finding::ruleId));
    }
    return findings;
  }

  /** The sentences that differ from what was read before. */
  private void readChanged(View view, Sentence sentence, Judgement.Case one) {
    int read = 0;
    for (int i = 0; i < view.changeCount(); i++) {
      int change = view.change(i);
      if (change >= read) {
        int start = change;
        while (start > read && !ends(view.chars[start - 1])) {
          start--;
        }
        int end = change;
        while (end < view.length() && !ends(view.chars[end])) {
          end++;
        }
        read(view, start, end, true, sentence, one);
        read = end;
      }
    }
  }

  private boolean ends(char c) {
    return (normaliser.traits(c) & Traits.SENTENCE_END) != 0;
  }

  private void read(View view, boolean disguised, Sentence sentence, Judgement.Case one) {
    read(view, 0, view.length(), disguised, sentence, one);
  }

  /** Reads a range; no rule speaks across a sentence, so each is judged for itself. */
  private void read(
      View view, int from, int to, boolean disguised, Sentence sentence, Judgement.Case one) {
    char[] chars = view.chars;
    int state = 0;
    int start = from;
    for (int at = from; at < to; at++) {
      char c = chars[at];
      state = literals.step(state, c);
      int[] found = literals.endingAt(state);
      for (int number : found) {
        note(number, at + 1, sentence);
      }
      if (ends(c)) {
        judge(view, start, at, disguised, sentence, one);
        state = 0;
        start = at + 1;
      }
    }
    judge(view, start, to, disguised, sentence, one);
  }

  private void note(int number, int end, Sentence sentence) {
    int begin = end - literals.length(number);
    for (int entry : literals.entries(number)) {
      int trigger = entry >> Trigger.SET_BITS;
      if (triggers[trigger].pattern() == null) {
        sentence.hit(trigger, begin, end);
      } else {
        sentence.see(entry, triggers[trigger].gaps(), begin, end);
      }
    }
  }

  private void judge(
      View view, int start, int end, boolean disguised, Sentence seen, Judgement.Case one) {
    if (seen.isEmpty()) {
      return;
    }
    if (seen.hitCount() > 0) {
      judgeLiterals(view, disguised, seen, one);
    }
    for (int i = 0; i < seen.touchedCount(); i++) {
      int number = seen.touched(i);
      Trigger trigger = triggers[number];
      Pattern pattern = trigger.pattern();
      if (pattern != null && seen.possible(number)) {
        String text = view.text(start, end);
        List<Judgement.Span> spans = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        for (int from = 0; from < text.length() && matcher.find(from); from = matcher.start() + 1) {
          spans.add(new Judgement.Span(start + matcher.start(), start + matcher.end()));
        }
        judgement.judgeAll(trigger, spans, view, disguised, one);
      }
    }
    seen.clear();
  }

  private void judgeLiterals(View view, boolean disguised, Sentence seen, Judgement.Case one) {
    List<List<Judgement.Span>> byTrigger = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int hit = 0; hit < seen.hitCount(); hit++) {
      int at = numbers.indexOf(seen.hitTrigger(hit));
      if (at < 0) {
        at = numbers.size();
        numbers.add(seen.hitTrigger(hit));
        byTrigger.add(new ArrayList<>());
      }
      byTrigger.get(at).add(new Judgement.Span(seen.hitBegin(hit), seen.hitEnd(hit)));
    }
    for (int i = 0; i < numbers.size(); i++) {
      judgement.judgeAll(triggers[numbers.get(i)], byTrigger.get(i), view, disguised, one);
    }
  }
}
