package io.waymark.engine.campaign;

import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.CampaignDays;
import io.waymark.advisor.campaign.CampaignTerms;
import io.waymark.journey.drawing.DrawingFiles;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The drawing of a campaign: the shipped one with what was ordered written into it, and without the
 * parts nobody ordered.
 */
@Component
class CampaignDrawing {

  /** Where customers wait until they are given to somebody. */
  static final String WAIT = "Gw_Wait";

  /** Event by which one of them goes on. */
  static final String RELEASED = "campaign.released";

  /** Event by which all of them leave. */
  static final String STOPPED = "campaign.stopped";

  /** How long after the end a goal still counts, since somebody is called on the last day too. */
  private static final int RESULT_DAYS = 14;

  private static final int HOURS_A_DAY = 7;
  private static final Pattern TOKEN = Pattern.compile("@@(\\w+)@@");

  private final CampaignForms forms;

  CampaignDrawing(CampaignForms forms) {
    this.forms = forms;
  }

  DrawingFiles of(Campaign campaign) {
    CampaignTerms terms = campaign.terms();
    String form = campaign.journeyKey() + "-answer";
    String drawing = CampaignForms.shipped("advisor-campaign.bpmn.template");
    drawing = part(drawing, "product", terms.product() != null);
    drawing = part(drawing, "no-product", terms.product() == null);
    drawing = part(drawing, "goal", terms.goal() != null);
    drawing = part(drawing, "no-goal", terms.goal() == null);
    drawing = part(drawing, "survey", terms.survey() != null);
    drawing = part(drawing, "no-survey", terms.survey() == null);
    return new DrawingFiles(
        Map.of(
            campaign.journeyKey() + ".bpmn",
            filled(drawing, values(campaign, form)),
            form + ".form",
            forms.with(terms.form(), form, terms.strategy())));
  }

  private Map<String, String> values(Campaign campaign, String form) {
    CampaignTerms terms = campaign.terms();
    Map<String, String> values = new HashMap<>();
    values.put("key", campaign.journeyKey());
    values.put("name", terms.name());
    values.put("about", about(terms));
    values.put("audience", terms.audience());
    values.put("schedule", terms.days() == CampaignDays.TRADING ? "每个交易日 08:30" : "每天 08:30");
    values.put("purpose", terms.purpose());
    values.put("product", Objects.requireNonNullElse(terms.product(), ""));
    values.put("talkTrack", terms.talkTrack());
    values.put("materials", String.join(",", terms.materials()));
    values.put("qualification", terms.qualification());
    values.put("dueWorkingHours", Integer.toString(terms.dueHours()));
    values.put("lateDays", Integer.toString(terms.dueHours() / HOURS_A_DAY + 1));
    values.put("form", form);
    values.put("outcomes", String.join(",", forms.outcomes(terms.form())));
    values.put("ends", closing(terms.endsOn()));
    values.put("resultUntil", closing(terms.endsOn().plusDays(RESULT_DAYS)));
    values.put("goal", Objects.requireNonNullElse(terms.goal(), ""));
    values.put("goalName", "客户达成目标");
    values.put("survey", Objects.requireNonNullElse(terms.survey(), ""));
    values.put("after", terms.goal() == null ? "End_Done" : "Timer_Result");
    return values;
  }

  /** All that was ordered, so that whoever reviews the drawing reads it, the cap included. */
  private static String about(CampaignTerms terms) {
    return "总部活动。人群 %s 的客户由投顾一对一联系：每名投顾每%s最多 %d 位，%s；%s 至 %s 下发，到期未办完的收回。每位客户下发前先过合规检查。策略与要求：%s"
        .formatted(
            terms.audience(),
            terms.days() == CampaignDays.TRADING ? "个交易日" : "个工作日",
            terms.dailyCap(),
            terms.ownOnly() ? "有专属投顾的客户等专属投顾的名额" : "专属投顾优先，名额满时给同营业部的同事",
            terms.startsOn(),
            terms.endsOn(),
            terms.strategy());
  }

  private static String closing(LocalDate day) {
    return day + "T17:30:00+08:00";
  }

  /** Keeps or drops what stands between the marks of a part. */
  private static String part(String drawing, String name, boolean wanted) {
    String begin = "<!--[" + name + "]-->";
    String end = "<!--[/" + name + "]-->";
    return wanted
        ? drawing.replace(begin, "").replace(end, "")
        : Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(drawing)
            .replaceAll("");
  }

  private static String filled(String drawing, Map<String, String> values) {
    return TOKEN
        .matcher(drawing)
        .replaceAll(
            token ->
                Matcher.quoteReplacement(
                    HtmlUtils.htmlEscape(
                        Objects.requireNonNull(values.get(token.group(1)), token.group()),
                        "UTF-8")));
  }
}
