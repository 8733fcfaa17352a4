package io.waymark.advisor.campaign;

import io.waymark.advisor.TaskRefusedException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a marketer orders (J6: HQ passes 客群、策略、物料 to advisors). Dates are Asia/Shanghai.
 *
 * @param name what people call it, also the title of the task; no personal data
 * @param audience code of the audience whose members are called
 * @param purpose code of the consent purpose the calls pursue; that of the talk track
 * @param product code of the product the calls are about, or null when they are about none
 * @param strategy what advisors are to reach and how, in plain words; reviewed with the drawing
 * @param talkTrack code of the approved text to speak by
 * @param materials codes of texts that may be sent, at most ten
 * @param qualification code the advisor must have
 * @param dueHours working hours from receiving a customer to answering
 * @param form code of the form to answer by
 * @param dailyCap customers one advisor is given on one day, at most
 * @param days on which days
 * @param ownOnly whether a customer with an advisor of his own waits for that one's next day rather
 *     than go to a colleague; who has no advisor that could is given to colleagues in any case
 * @param startsOn first day on which customers are given to advisors
 * @param endsOn last day; what is not finished at the close of business is taken back
 * @param goal type of the event that counts as success, or null
 * @param survey code of the text that asks for satisfaction after a talk, or null
 */
public record CampaignTerms(
    String name,
    String audience,
    String purpose,
    @Nullable String product,
    String strategy,
    String talkTrack,
    List<String> materials,
    String qualification,
    int dueHours,
    String form,
    int dailyCap,
    CampaignDays days,
    boolean ownOnly,
    LocalDate startsOn,
    LocalDate endsOn,
    @Nullable String goal,
    @Nullable String survey) {

  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_STRATEGY = 2000;
  private static final int MOST_MATERIALS = 10;
  private static final int MOST_HOURS = 400;
  private static final int MOST_A_DAY = 200;
  private static final int LONGEST_DAYS = 180;

  /**
   * @throws TaskRefusedException naming what is missing or impossible
   */
  public CampaignTerms {
    materials = List.copyOf(materials);
    require(within(name, LONGEST_NAME), "name", "请填写活动名称,最多 %d 字。".formatted(LONGEST_NAME));
    require(!audience.isBlank(), "audience", "请选择活动人群。");
    require(
        within(strategy, LONGEST_STRATEGY),
        "strategy",
        "请写明策略与要求,最多 %d 字。".formatted(LONGEST_STRATEGY));
    require(plain(strategy), "strategy", "策略里不能有“<”或“${”,也不能以“=”开头,请改写。");
    require(plain(name), "name", "名称里不能有“<”或“${”,也不能以“=”开头,请改写。");
    require(!talkTrack.isBlank(), "talkTrack", "请选择已批准的话术。");
    require(
        materials.size() <= MOST_MATERIALS, "materials", "材料最多 %d 份。".formatted(MOST_MATERIALS));
    require(!qualification.isBlank(), "qualification", "请选择投顾须具备的资格。");
    require(
        dueHours >= 1 && dueHours <= MOST_HOURS,
        "dueHours",
        "时限应为 1 到 %d 个工作小时。".formatted(MOST_HOURS));
    require(!form.isBlank(), "form", "请选择结果表单。");
    require(
        dailyCap >= 1 && dailyCap <= MOST_A_DAY,
        "dailyCap",
        "每名投顾每天的客户数应为 1 到 %d。".formatted(MOST_A_DAY));
    require(!endsOn.isBefore(startsOn), "endsOn", "结束日期不能早于开始日期。");
    require(
        ChronoUnit.DAYS.between(startsOn, endsOn) <= LONGEST_DAYS,
        "endsOn",
        "一次活动最长 %d 天,请缩短或分次进行。".formatted(LONGEST_DAYS));
  }

  private static boolean within(String text, int longest) {
    return !text.isBlank() && text.length() <= longest;
  }

  /** Nothing that a form or a drawing would take for an expression or a mark. */
  private static boolean plain(String text) {
    return !text.contains("<") && !text.contains("${") && !text.strip().startsWith("=");
  }

  private static void require(boolean held, String field, String otherwise) {
    if (!held) {
      throw new TaskRefusedException(field, otherwise);
    }
  }
}
