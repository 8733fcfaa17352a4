package io.waymark.segment;

/**
 * The rule language. Conditions, joined by {@code and}, {@code or}, {@code not} and parentheses:
 *
 * <pre>
 * tag asset_total &gt;= 500000            tag tier = 'core'            tag tier in ('core', 'growth')
 * event login count &gt;= 3 within 30 days   event 'dca.deduct_failed' exists within 90 days
 * never event 'dca.created'            never event login within 90 days
 * never event 'dca.created' since event 'dca.terminated'
 * consent product_marketing on sms     risk &gt;= C3                   assessment valid
 * age &gt;= 18                            branch in ('SH01')           in audience 'dormant'
 * holds product '000001'               holds product_type 'equity_fund'
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
}
