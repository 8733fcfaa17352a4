package io.waymark.segment.rule;

import java.util.Optional;

/**
 * The rule language. Conditions, joined by {@code and}, {@code or}, {@code not} and parentheses;
 * {@code docs/audiences.md} shows each form with its Chinese words:
 *
 * <pre>
 * tag asset_total &gt;= 500000       tag tier in ('core', 'growth')    tag score between 1 and 5
 * has tag tier                    tag tier age &gt; 7 days             (tag tier = 'core') is unknown
 * event login count &gt;= 3 within 30 days            event trade where side = 'buy' exists within today
 * event trade sum amount &gt;= 10000 within this month        event login last within 7 days
 * event opened then event bought within 3 days without event closed over 90 days
 * event viewed where sector = 'energy' on 3 consecutive trading days
 * never event 'dca.created' since event 'dca.terminated'
 * consent product_marketing on sms     risk &gt;= C3      assessment valid     fits product '000001'
 * age &gt;= 18      branch in ('SH01')    advisor = 'li'  class = professional  status = normal
 * holds product '000001'               holds product_type 'equity_fund'
 * journey win-back entered within 90 days              received template 'care' within 7 days
 * in audience 'dormant'
 * </pre>
 *
 * {@code not} binds tighter than {@code and}, {@code and} tighter than {@code or}. Names may stand
 * bare or in single quotes; a quote within quotes is doubled.
 */
public final class AudienceRules {

  private AudienceRules() {}

  /**
   * Reads a rule.
   *
   * @throws RuleSyntaxException when the text is no rule; the message names line and column
   */
  public static Rule parse(String text) {
    return new RuleReader(RuleWords.split(text)).read();
  }

  /**
   * What is wrong with a rule that must stand by itself, outside of the audiences: a Chinese
   * sentence when it cannot be read or refers to an audience.
   */
  public static Optional<String> problemAlone(String text) {
    try {
      Rule rule = parse(text);
      return refers(rule) ? Optional.of("这里的规则不能引用人群，请把条件写全") : Optional.empty();
    } catch (RuleSyntaxException unreadable) {
      return Optional.of(String.valueOf(unreadable.getMessage()));
    }
  }

  /** The rule of an audience, for rules that may refer to none. */
  public static Rule none(String audience) {
    throw new IllegalArgumentException("no audience may be referred to here: " + audience);
  }

  private static boolean refers(Rule rule) {
    return rule instanceof Rule.InAudience || rule.inner().stream().anyMatch(AudienceRules::refers);
  }

  /** The rule as the forms of a builder; {@link #write} of it reads as the same rule. */
  public static RuleNode draw(Rule rule) {
    return RuleDrawing.of(rule);
  }

  /**
   * The text the forms of a builder stand for. It need not be a rule yet: reading it tells.
   *
   * @throws AudienceRefusedException when a form is of no known kind
   */
  public static Written write(RuleNode node) {
    return RuleWriting.of(node);
  }
}
