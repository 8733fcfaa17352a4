package io.waymark.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.engine.check.rule.Rule;
import io.waymark.journey.check.Finding;
import io.waymark.journey.check.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds what is wrong with a bad drawing, at its place, and nothing in a good one. */
class RulesTest {

  /**
   * @param element where the bad picture is marked
   */
  private record Case(String rule, String element, Picture bad, Picture good) {

    @Override
    public String toString() {
      return rule + " at " + element;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(structure(), contact(), compliance(), portability()).flatMap(list -> list);
  }

  private static Stream<Case> structure() {
    return Stream.of(
        new Case(
            "structure.dead_end",
            "A",
            Picture.of("start Start", "flow f1 Start A", "step A leaveJourney reason=x"),
            way("step A leaveJourney reason=x")),
        new Case(
            "structure.dead_end",
            "No",
            way("step A sendMessage template=service-sms", "boundary No A error"),
            way(
                "step A sendMessage template=service-sms",
                "boundary No A error",
                "flow n No NoEnd",
                "end NoEnd")),
        new Case(
            "structure.unreachable",
            "B",
            way("step A leaveJourney reason=x", "step B leaveJourney reason=x", "flow b B End"),
            way("step A leaveJourney reason=x")),
        new Case(
            "structure.gateway_default",
            "Gw",
            choice(
                "gw Gw",
                "flow y Gw End ${verdict=='allowed'}",
                "flow n Gw End2 ${verdict!='allowed'}"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")),
        new Case(
            "structure.gateway_condition",
            "y",
            choice("gw Gw default=n", "flow y Gw End", "flow n Gw End2"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")),
        new Case(
            "structure.gateway_names",
            "y",
            choice(
                "gw Gw default=n", "flow y Gw End name= ${verdict=='allowed'}", "flow n Gw End2"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")),
        new Case(
            "structure.single_answer",
            "A",
            way("gw A"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")),
        new Case(
            "structure.condition_outside_gateway",
            "c",
            Picture.of(
                "start Start",
                "flow f1 Start A",
                "step A checkCompliance template=service-sms",
                "flow c A End ${verdict=='allowed'}",
                "end End"),
            way("step A checkCompliance template=service-sms")),
        new Case(
            "structure.implicit_fork",
            "A",
            way("step A leaveJourney reason=x", "flow extra A End2", "end End2"),
            way("step A leaveJourney reason=x")),
        new Case(
            "structure.second_token",
            "Late",
            way(
                    "task A outcomes=yes",
                    "beside Late A timer PT4H",
                    "flow l Late B",
                    "step B sendMessage template=service-sms",
                    "flow b B End")
                .replacing("flow f2 A End", "flow f2 A B"),
            way(
                "task A outcomes=yes",
                "beside Late A timer PT4H",
                "flow l Late B",
                "step B escalateTask task=A",
                "flow b B End")),
        new Case(
            "structure.sub_process_start",
            "A",
            way("in A", "end Inner", "out"),
            way("in A", "start InStart", "flow i InStart Inner", "end Inner", "out")),
        new Case(
            "structure.wait_without_limit",
            "A",
            way("message A account.funded"),
            waitFor("message W account.funded", "timer T P7D")),
        new Case(
            "structure.wait_without_limit",
            "A",
            waitFor("message W account.funded", "message T complaint.filed"),
            waitFor("message W account.funded", "timer T P7D")),
        new Case(
            "structure.exit_awaited",
            "W",
            exitOn("account.funded").plus(waitLines("message W account.funded", "timer T P7D")),
            exitOn("complaint.filed").plus(waitLines("message W account.funded", "timer T P7D"))),
        new Case(
            "structure.task_not_escalated",
            "A",
            way("task A outcomes=yes"),
            way(
                "task A outcomes=yes",
                "beside Late A timer PT4H",
                "flow l Late B",
                "step B escalateTask task=A",
                "flow b B LateEnd",
                "end LateEnd")),
        new Case(
            "structure.task_not_escalated",
            "A",
            way(
                "task A outcomes=yes",
                "beside Late A timer PT4H",
                "flow l Late B",
                "step B escalateTask task=Other",
                "flow b B LateEnd",
                "end LateEnd"),
            way(
                "task A outcomes=yes",
                "boundary Late A timer PT4H",
                "flow l Late LateEnd",
                "end LateEnd")),
        new Case(
            "structure.escalates_nothing",
            "A",
            way("step A escalateTask task=Nobody"),
            way("step A escalateTask task=T", "task T outcomes=yes", "flow t T End")),
        new Case(
            "structure.variable_unset",
            "Gw",
            Picture.of(
                "start Start",
                "flow f1 Start Gw",
                "gw Gw default=n",
                "flow y Gw End ${verdict=='allowed'}",
                "flow n Gw End2",
                "end End",
                "end End2"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")),
        new Case(
            "structure.variable_unset",
            "W",
            way("step A sendMessage template=service-sms", "boundary No A error", "flow n No Ev")
                .plus(settled()),
            way("step A sendMessage template=service-sms", "boundary No A error", "flow n No End")
                .plus(settled())),
        new Case(
            "structure.variable_unset",
            "A",
            way("table A route way").table("route", "riskLevel", "FIRST", "-->x"),
            Picture.of(
                    "start Start",
                    "flow f1 Start L",
                    "step L loadFacts facts=riskLevel",
                    "flow f2 L A",
                    "table A route way",
                    "flow f3 A End",
                    "end End")
                .table("route", "riskLevel", "FIRST", "-->x")),
        new Case(
            "structure.value_impossible",
            "y",
            choice("gw Gw default=n", "flow y Gw End ${verdict=='yes'}", "flow n Gw End2"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")),
        new Case(
            "structure.name_missing",
            "A",
            way("step A leaveJourney reason=x name="),
            way("step A leaveJourney reason=x")),
        new Case(
            "structure.form_outcomes",
            "A",
            way("task A outcomes=yes,no form=f").form("f", "yes", "maybe"),
            way("task A outcomes=yes,no form=f").form("f", "no", "yes")),
        new Case(
            "structure.table_result",
            "A",
            way("table A route way").table("route", "riskLevel", "COLLECT", "-->x"),
            way("table A route way").table("route", "riskLevel", "FIRST", "-->x")),
        new Case(
            "structure.table_gap",
            "A",
            way("table A route way").table("route", "riskLevel", "FIRST", "\"c1\"->x"),
            way("table A route way").table("route", "riskLevel", "FIRST", "\"c1\"->x", "-->y")),
        new Case(
            "structure.timer_past",
            "A",
            way("timer A 2026-01-01T09:00:00"),
            way("timer A 2027-01-04T09:00:00")),
        new Case(
            "structure.goes_on_after_leaving",
            "A",
            way("step A leaveJourney reason=x")
                .replacing("flow f2 A End", "flow f2 A B")
                .plus("step B sendMessage template=service-sms", "flow b B End"),
            way("step A leaveJourney reason=x")));
  }

  private static Stream<Case> contact() {
    return Stream.of(
        new Case(
            "contact.sends_back_to_back",
            "B",
            twoSends("service-sms", "service-sms", "step X tagCustomer tag=tier value=x"),
            twoSends("service-sms", "service-sms", "timer X P1D")),
        new Case(
            "contact.endless_sends",
            "A",
            again("flow g Gw T", "gw Gw default=g"),
            again("flow g Gw T ${verdict=='allowed'}", "gw Gw default=h", "flow h Gw End")),
        new Case(
            "contact.no_complaint_exit",
            "trial",
            way("step A sendMessage template=product_marketing-sms"),
            exitOn("complaint.filed").plus("step S sendMessage template=product_marketing-sms")),
        new Case(
            "contact.no_goal",
            "trial",
            way("step A leaveJourney reason=x"),
            way("step A reachGoal goal=x")),
        new Case(
            "contact.short_reentry",
            "trial",
            way("step A leaveJourney reason=x")
                .set("purpose", "product_marketing")
                .set("reentryDays", "1"),
            way("step A leaveJourney reason=x").set("purpose", "product_marketing")),
        new Case(
            "contact.audience_not_live",
            "trial",
            way("step A leaveJourney reason=x").set("entryAudience", "drawn"),
            way("step A leaveJourney reason=x").set("entryAudience", "live")),
        new Case(
            "contact.outcome_unused",
            "A",
            way("task A outcomes=yes,no"),
            Picture.of(
                "start Start",
                "flow f1 Start A",
                "task A outcomes=yes,no",
                "flow f2 A Gw",
                "gw Gw default=n",
                "flow y Gw End ${outcome=='yes'}",
                "flow n Gw End",
                "end End")),
        new Case(
            "contact.verdict_unused",
            "A",
            way("step A checkCompliance template=service-sms"),
            choice("gw Gw default=n", "flow y Gw End ${verdict=='allowed'}", "flow n Gw End2")));
  }

  private static Stream<Case> compliance() {
    Picture good = way("step A sendMessage template=service-sms");
    return Stream.of(
        new Case(
            "compliance.template_missing", "A", way("step A sendMessage template=nothing"), good),
        new Case(
            "compliance.template_not_approved",
            "A",
            way("step A sendMessage template=is-DRAFT"),
            good),
        new Case(
            "compliance.template_not_approved",
            "A",
            way("step A checkCompliance template=is-IN_REVIEW"),
            good),
        new Case(
            "compliance.template_expired",
            "A",
            way("step A sendMessage template=is-EXPIRED"),
            good),
        new Case(
            "compliance.template_withdrawn",
            "A",
            way("step A sendMessage template=is-WITHDRAWN"),
            good),
        new Case(
            "compliance.template_recalled",
            "A",
            way("step A sendMessage template=is-RECALLED"),
            good),
        new Case(
            "compliance.template_expiring", "A", way("step A sendMessage template=soon"), good),
        new Case(
            "compliance.purpose_differs",
            "B",
            twoSends("service-sms", "product_marketing-sms", "timer X P1D"),
            twoSends(
                "service-sms",
                "product_marketing-sms",
                "step X checkCompliance template=product_marketing-sms")),
        new Case(
            "compliance.purpose_differs",
            "B",
            twoSends(
                "service-sms",
                "product_marketing-sms",
                "step X checkCompliance template=activity-sms"),
            twoSends("service-sms", "product_marketing-sms", "timer X P1D")
                .set("purpose", "product_marketing")),
        new Case(
            "compliance.product_unchecked",
            "B",
            twoSends("service-sms", "fund", "timer X P1D"),
            twoSends("service-sms", "fund", "step X recommendProduct pool=bond_fund")),
        new Case(
            "compliance.product_unchecked",
            "A",
            way("step A sendMessage template=fund product=P1"),
            Picture.of(
                "start Start",
                "flow f1 Start C",
                "step C checkCompliance template=fund product=P1",
                "flow f2 C A",
                "step A sendMessage template=fund product=P1",
                "flow f3 A End",
                "end End")),
        new Case(
            "compliance.no_product_unjudged",
            "X",
            twoSends("service-sms", "fund", "step X recommendProduct pool=bond_fund"),
            Picture.of(
                "start Start",
                "flow f1 Start X",
                "step X recommendProduct pool=bond_fund",
                "flow f2 X Gw",
                "gw Gw default=n",
                "flow y Gw B ${product!='none'}",
                "step B sendMessage template=fund",
                "flow b B End",
                "flow n Gw End",
                "end End")),
        new Case(
            "compliance.product_unchecked",
            "A",
            Picture.of(
                "start Start",
                "flow f1 Start C",
                "step C checkCompliance template=fund product=P0",
                "flow f2 C A",
                "step A sendMessage template=fund product=P1",
                "flow f3 A End",
                "end End"),
            way("step A checkCompliance template=fund product=P1")),
        new Case(
            "compliance.no_product_unjudged",
            "X",
            Picture.of(
                "start Start",
                "flow f1 Start X",
                "step X recommendProduct pool=bond_fund",
                "flow f2 X Gw",
                "gw Gw default=n",
                "flow y Gw B ${assessment=='valid'}",
                "step B sendMessage template=fund",
                "flow b B End",
                "flow n Gw End",
                "end End"),
            Picture.of(
                "start Start",
                "flow f1 Start X",
                "step X recommendProduct pool=bond_fund",
                "flow f2 X C",
                "step C checkCompliance template=fund",
                "flow f3 C End",
                "end End")),
        new Case(
            "compliance.product_unknown",
            "A",
            way("step A sendMessage template=fund product=P9"),
            way("step A sendMessage template=fund product=P1")),
        new Case(
            "compliance.product_closed",
            "A",
            way("step A sendMessage template=fund product=P0"),
            way("step A sendMessage template=fund product=P1")),
        new Case(
            "compliance.pool_empty",
            "A",
            way("step A recommendProduct pool=qdii,repo"),
            way("step A recommendProduct pool=qdii,bond_fund")),
        new Case(
            "compliance.audience_unknown",
            "A",
            way("step A checkAudience audience=nobody"),
            way("step A checkAudience audience=drawn")),
        new Case(
            "compliance.audience_unknown",
            "trial",
            way("step A leaveJourney reason=x").set("entryFilter", "nobody"),
            way("step A leaveJourney reason=x").set("entryFilter", "drawn")),
        new Case(
            "compliance.profiling_unassessed",
            "trial",
            way("step A sendMessage template=product_marketing-sms")
                .set("entryAudience", "for-service"),
            way("step A sendMessage template=service-sms").set("entryAudience", "for-service")),
        new Case(
            "compliance.audience_purpose",
            "trial",
            way("step A leaveJourney reason=x")
                .set("entryAudience", "for-service")
                .set("purpose", "activity"),
            way("step A leaveJourney reason=x")
                .set("entryAudience", "drawn")
                .set("purpose", "product_marketing")),
        new Case(
            "compliance.event_undeclared",
            "W",
            waitFor("message W acount.funded", "timer T P7D"),
            waitFor("message W account.funded", "timer T P7D")),
        new Case(
            "compliance.event_undeclared",
            "trial",
            way("step A leaveJourney reason=x").set("entryEvent", "acount.opened"),
            way("step A leaveJourney reason=x")),
        new Case(
            "compliance.tag_undeclared",
            "A",
            way("step A tagCustomer tag=teir value=x"),
            way("step A tagCustomer tag=tier value=x")),
        new Case(
            "compliance.tag_purpose",
            "A",
            way("step A checkAudience audience=barred"),
            way("step A checkAudience audience=drawn")),
        new Case(
            "compliance.tag_purpose",
            "trial",
            way("step A leaveJourney reason=x")
                .set("entryAudience", "barred")
                .set("purpose", "activity"),
            way("step A leaveJourney reason=x")
                .set("entryAudience", "drawn")
                .set("purpose", "product_marketing")));
  }

  private static Stream<Case> portability() {
    return Stream.of(
        new Case(
            "portability.calendar_function",
            "A",
            way("timer A ${tradingDay(1,'15:30')}"),
            way("timer A P1D")),
        new Case(
            "portability.outside_core",
            "End",
            Picture.of("start Start", "flow f1 Start End", "terminate End"),
            way("timer A P1D")));
  }

  /** Start, whatever is drawn with the id {@code A}, end. */
  private static Picture way(String... lines) {
    return Picture.of("start Start", "flow f1 Start A", "flow f2 A End", "end End").plus(lines);
  }

  private static Picture choice(String... lines) {
    return Picture.of(
            "start Start",
            "flow f1 Start C",
            "step C checkCompliance template=service-sms",
            "flow f2 C Gw",
            "end End",
            "end End2")
        .plus(lines);
  }

  private static Picture waitFor(String event, String other) {
    return Picture.of("start Start").plus(waitLines(event, other));
  }

  private static String[] waitLines(String event, String other) {
    return new String[] {
      "flow w0 Start A",
      "events A",
      "flow w1 A W",
      "flow w2 A T",
      event,
      other,
      "flow w3 W End",
      "flow w4 T End",
      "end End"
    };
  }

  private static String[] settled() {
    return new String[] {
      "flow s0 A2 Ev",
      "events Ev",
      "flow s1 Ev W",
      "message W message.settled",
      "flow s2 Ev T",
      "timer T P1D",
      "flow s3 W End",
      "flow s4 T End",
      "step A2 tagCustomer tag=tier value=x"
    };
  }

  private static Picture exitOn(String event) {
    return Picture.of(
        "start Start",
        "event-in Out",
        "starts On " + event,
        "flow o1 On Leave",
        "step Leave leaveJourney reason=x",
        "flow o2 Leave OutEnd",
        "end OutEnd",
        "out");
  }

  private static Picture twoSends(String first, String second, String between) {
    return Picture.of(
        "start Start",
        "flow f1 Start A",
        "step A sendMessage template=" + first,
        "flow f2 A X",
        between,
        "flow f3 X B",
        "step B sendMessage template=" + second,
        "flow f4 B End",
        "end End");
  }

  private static Picture again(String... lines) {
    return Picture.of(
            "start Start",
            "flow f1 Start A",
            "step A sendMessage template=service-sms",
            "flow f2 A Gw",
            "timer T P7D",
            "flow f3 T A",
            "end End")
        .plus(lines);
  }

  private static List<Finding> findings(Picture picture, String rule) {
    return Reading.of(picture.files(), drawing -> Known.facts(), Known.NOW).findings().stream()
        .filter(finding -> finding.rule().equals(rule))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_bad_drawing_is_marked_where_it_is_bad(Case one) {
    assertThat(findings(one.bad(), one.rule()))
        .extracting(Finding::element)
        .contains(one.element());
    assertThat(findings(one.bad(), one.rule()))
        .allSatisfy(
            finding -> {
              assertThat(finding.file()).isEqualTo("trial.bpmn");
              assertThat(finding.why()).containsPattern("\\p{IsHan}").endsWith("。");
              assertThat(finding.mend()).containsPattern("\\p{IsHan}").endsWith("。");
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_good_drawing_is_left_alone(Case one) {
    assertThat(findings(one.good(), one.rule())).isEmpty();
  }

  @Test
  void every_rule_is_shown_a_bad_and_a_good_drawing() {
    Set<String> shown = cases().map(Case::rule).collect(Collectors.toSet());

    assertThat(Reading.rules()).extracting(Rule::id).doesNotHaveDuplicates();
    assertThat(Reading.rules()).extracting(Rule::id).containsExactlyInAnyOrderElementsOf(shown);
  }

  @Test
  void two_messages_by_different_ways_are_only_a_hint() {
    assertThat(
            findings(
                twoSends("service-sms", "service-email", "step X tagCustomer tag=tier value=x"),
                "contact.sends_back_to_back"))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.HINT);
  }

  @Test
  void letters_inside_the_app_disturb_nobody() {
    assertThat(
            findings(
                twoSends("service-in_app", "service-in_app", "step X tagCustomer tag=tier value=x"),
                "contact.sends_back_to_back"))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.HINT);
  }

  @Test
  void a_journey_without_a_goal_weighs_more_when_it_is_for_marketing() {
    Picture picture = way("step A leaveJourney reason=x");

    assertThat(findings(picture, "contact.no_goal"))
        .extracting(Finding::severity)
        .containsExactly(Severity.HINT);
    assertThat(findings(picture.set("purpose", "activity"), "contact.no_goal"))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void a_call_to_another_system_is_no_message() {
    assertThat(
            findings(
                twoSends("service-sms", "service-webhook", "step X tagCustomer tag=tier value=x"),
                "contact.sends_back_to_back"))
        .isEmpty();
  }
}
