package io.waymark.console;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.campaign.CampaignDays;
import io.waymark.advisor.campaign.CampaignTerms;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its form sends it; a refused one stays on screen as it was written.
 *
 * @param materials codes of texts that may be sent
 * @param ownOnly {@code true} when customers wait for their own advisor
 */
public record CampaignForm(
    @Nullable String name,
    @Nullable String audience,
    @Nullable String product,
    @Nullable String strategy,
    @Nullable String talkTrack,
    @Nullable List<String> materials,
    @Nullable String qualification,
    @Nullable String dueHours,
    @Nullable String form,
    @Nullable String dailyCap,
    @Nullable String days,
    @Nullable String ownOnly,
    @Nullable String startsOn,
    @Nullable String endsOn,
    @Nullable String goal,
    @Nullable String survey) {

  static CampaignForm of(CampaignTerms terms) {
    return new CampaignForm(
        terms.name(),
        terms.audience(),
        terms.product(),
        terms.strategy(),
        terms.talkTrack(),
        terms.materials(),
        terms.qualification(),
        Integer.toString(terms.dueHours()),
        terms.form(),
        Integer.toString(terms.dailyCap()),
        terms.days().code(),
        Boolean.toString(terms.ownOnly()),
        terms.startsOn().toString(),
        terms.endsOn().toString(),
        terms.goal(),
        terms.survey());
  }

  /** An empty form for campaigns of four weeks. */
  static CampaignForm blank(LocalDate today) {
    return new CampaignForm(
        "",
        "",
        null,
        "",
        "",
        List.of(),
        "advisory",
        "16",
        "campaign-offer",
        "5",
        CampaignDays.TRADING.code(),
        "true",
        today.plusDays(1).toString(),
        today.plusDays(28).toString(),
        null,
        null);
  }

  /**
   * The terms written down.
   *
   * @param purpose code of the talk track's purpose; empty when there is no such talk track
   * @throws TaskRefusedException naming what is missing
   */
  CampaignTerms terms(String purpose) {
    return new CampaignTerms(
        text(name),
        text(audience),
        purpose,
        orNull(product),
        text(strategy),
        text(talkTrack),
        materials == null ? List.of() : materials.stream().filter(one -> !one.isBlank()).toList(),
        text(qualification),
        number("dueHours", dueHours, "时限"),
        text(form),
        number("dailyCap", dailyCap, "每名投顾每天的客户数"),
        CampaignDays.of(text(days)),
        "true".equals(ownOnly),
        day("startsOn", startsOn, "开始日期"),
        day("endsOn", endsOn, "结束日期"),
        orNull(goal),
        orNull(survey));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "").strip();
  }

  private static @Nullable String orNull(@Nullable String value) {
    return text(value).isEmpty() ? null : text(value);
  }

  private static int number(String field, @Nullable String value, String title) {
    if (!text(value).matches("\\d{1,4}")) {
      throw new TaskRefusedException(field, "请用整数填写“" + title + "”。");
    }
    return Integer.parseInt(text(value));
  }

  private static LocalDate day(String field, @Nullable String value, String title) {
    try {
      return LocalDate.parse(text(value));
    } catch (DateTimeParseException unreadable) {
      throw new TaskRefusedException(field, "请选择“" + title + "”。");
    }
  }
}
