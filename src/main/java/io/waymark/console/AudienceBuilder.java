package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.Customers;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Explanation;
import io.waymark.segment.rule.RuleNode;
import io.waymark.segment.rule.RuleSyntaxException;
import io.waymark.segment.rule.Written;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Answers the builder of audience rules: draws a text, writes a drawing, and says what the rule
 * selects while it is still being made. Nothing here saves.
 */
@ConsolePage
class AudienceBuilder {

  private static final int SAMPLE = 10;

  private final AudienceQuestions questions;
  private final Customers customers;
  private final BuilderChoices choices;
  private final Words words;
  private final Clock clock;

  AudienceBuilder(
      AudienceQuestions questions,
      Customers customers,
      BuilderChoices choices,
      Words words,
      Clock clock) {
    this.questions = questions;
    this.customers = customers;
    this.choices = choices;
    this.words = words;
    this.clock = clock;
  }

  /** What is asked: a text, and for an explanation the customer. */
  record Question(String rule, @Nullable String customer) {}

  /**
   * A rule in both its shapes.
   *
   * @param tree null when the text cannot be read
   * @param problem what is wrong with the text, in Chinese; null when it can be read
   * @param position 1-based character where reading stopped; 0 when it did not
   * @param path the part of the drawing that is wrong, as {@link Written#at} names it
   */
  record Shapes(
      String rule,
      @Nullable RuleNode tree,
      @Nullable String problem,
      int position,
      @Nullable String path) {}

  /** One customer of the sample, masked. */
  record Example(String ref, String name, String branch) {}

  /**
   * What the rule selects now.
   *
   * @param unknown customers of whom the rule cannot say; null when finding out takes too long
   * @param refused why nothing could be counted, in Chinese; null otherwise
   */
  record Figures(
      long count, @Nullable Long unknown, List<Example> sample, @Nullable String refused) {}

  /** Why one customer is in or out; {@code refused} says why there is no answer. */
  record Why(@Nullable Part answer, @Nullable String refused) {}

  /** One part of the rule with its answer, in words. */
  record Part(
      String wording,
      String code,
      String title,
      @Nullable String seen,
      @Nullable String note,
      List<Part> parts) {

    static Part of(Explanation told) {
      return new Part(
          told.wording(),
          told.truth().code(),
          told.truth().title(),
          told.seen(),
          told.note(),
          told.parts().stream().map(Part::of).toList());
    }
  }

  @GetMapping("/audiences/builder/choices")
  @ResponseBody
  BuilderChoices.Offer choices() {
    return choices.offer();
  }

  @PostMapping("/audiences/builder/draw")
  @ResponseBody
  Shapes draw(@RequestBody Question asked) {
    try {
      RuleNode tree = AudienceRules.draw(AudienceRules.parse(asked.rule()));
      return new Shapes(asked.rule(), tree, null, 0, null);
    } catch (RuleSyntaxException wrong) {
      return new Shapes(asked.rule(), null, wrong.getMessage(), wrong.position(), null);
    }
  }

  @PostMapping("/audiences/builder/write")
  @ResponseBody
  Shapes write(@RequestBody RuleNode tree) {
    Written written = AudienceRules.write(tree);
    try {
      AudienceRules.parse(written.text());
      return new Shapes(written.text(), tree, null, 0, null);
    } catch (RuleSyntaxException wrong) {
      return new Shapes(
          written.text(), tree, wrong.getMessage(), wrong.position(), written.at(wrong.position()));
    }
  }

  @PostMapping("/audiences/builder/figures")
  @ResponseBody
  Figures figures(@RequestBody Question asked, CurrentStaff staff) {
    Instant now = clock.instant();
    BranchScope scope = staff.scope();
    try {
      long count = questions.countOfRule(asked.rule(), scope, now);
      List<Example> sample =
          customers.profiles(questions.sampleOfRule(asked.rule(), scope, now, SAMPLE)).stream()
              .map(one -> new Example(one.ref(), one.maskedName(), one.branch()))
              .toList();
      return new Figures(count, unknown(asked.rule(), scope, now), sample, null);
    } catch (RuleSyntaxException | AudienceRefusedException | CalendarUnknownException refused) {
      return new Figures(0, null, List.of(), refused.getMessage());
    }
  }

  @PostMapping("/audiences/builder/why")
  @ResponseBody
  Why why(@RequestBody Question asked, CurrentStaff staff) {
    String named = asked.customer() == null ? "" : asked.customer().strip();
    Supplier<Why> nobody =
        () -> new Why(null, words.of("audience.nobody") + "。" + words.of("audience.nobody.hint"));
    try {
      return customers
          .find(named, staff.scope())
          .flatMap(
              found ->
                  questions.explainRule(
                      asked.rule(),
                      found.id(),
                      staff.scope(),
                      staff.member().role(),
                      clock.instant()))
          .map(told -> new Why(Part.of(told), null))
          .orElseGet(nobody);
    } catch (RuleSyntaxException | AudienceRefusedException | CalendarUnknownException refused) {
      return new Why(null, refused.getMessage());
    }
  }

  private @Nullable Long unknown(String rule, BranchScope scope, Instant now) {
    try {
      return questions.unknownOfRule(rule, scope, now);
    } catch (AudienceRefusedException tooLong) {
      return null;
    }
  }
}
