package io.waymark.journey;

import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.journey.DrawnOutline.Ending;
import io.waymark.platform.Purpose;
import io.waymark.segment.Audience;
import io.waymark.segment.Audiences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says in plain Chinese what a journey's settings mean for customers: who enters, how often, how
 * many, who is left out, what counts as success and what ends it at once.
 */
@Component
public class JourneyInWords {

  private final DrawnOutlines outlines;
  private final EventTypes events;
  private final Audiences audiences;

  JourneyInWords(DrawnOutlines outlines, EventTypes events, Audiences audiences) {
    this.outlines = outlines;
    this.events = events;
    this.audiences = audiences;
  }

  /** One sentence per setting of a deployed version. */
  public List<String> of(JourneyVersion version) {
    return sentences(version.settings(), outlines.of(version), Map.of());
  }

  /**
   * The same for a drawing that is being drawn.
   *
   * @param bpmn the file so far; settings that cannot be read are said to be so
   */
  public List<String> of(byte[] bpmn) {
    return of(bpmn, Map.of());
  }

  /**
   * The same for a drawing that brings events and audiences nobody has declared here yet.
   *
   * @param names what those are called, by code
   */
  public List<String> of(byte[] bpmn, Map<String, String> names) {
    DrawnOutline outline = outlines.read(bpmn);
    try {
      return sentences(JourneySettings.read(outline.settings()), outline, names);
    } catch (JourneySettingsException unfinished) {
      return List.of(String.valueOf(unfinished.getMessage()));
    }
  }

  private List<String> sentences(
      JourneySettings settings, DrawnOutline outline, Map<String, String> names) {
    List<String> sentences = new ArrayList<>();
    sentences.add(entry(settings, names));
    sentences.add(reentry(settings.reentry()));
    sentences.add(limits(settings.maxInside(), settings.maxPerDay()));
    sentences.add(
        settings.holdoutPercent() == 0
            ? "不设对照组，符合条件的客户都会进入。"
            : "约 %d%% 的客户作为对照组，不进入旅程，用来比较效果。".formatted(settings.holdoutPercent()));
    sentences.add(
        "用途是%s；多个旅程的客户同时排队时，优先级 %d（0 到 100，大的先进）。"
            .formatted(purpose(settings.purpose()), settings.priority()));
    sentences.add(goals(outline.goals(), names));
    sentences.add(exits(outline.exits(), names));
    return List.copyOf(sentences);
  }

  private String entry(JourneySettings settings, Map<String, String> names) {
    String event = settings.entryEvent();
    String audience = settings.entryAudience();
    String filter = settings.entryFilter();
    List<String> ways = new ArrayList<>();
    if (event != null) {
      ways.add("发生“%s”时进入".formatted(event(event, names)));
    }
    if (audience != null) {
      ways.add(
          settings.entersLive()
              ? "成为人群“%s”的成员时进入".formatted(audience(audience, names))
              : "人群“%s”的客户按“%s”集中进入"
                  .formatted(audience(audience, names), settings.entrySchedule()));
    }
    if (settings.entersByApi()) {
      ways.add("由其他系统通过接口请入");
    }
    String only = filter == null ? "" : "；只有属于人群“%s”的客户才能进入".formatted(audience(filter, names));
    return "客户" + String.join("，或者", ways) + only + "。";
  }

  private static String reentry(@Nullable Duration after) {
    if (after == null) {
      return "每位客户只进入一次。";
    }
    return after.isZero()
        ? "每位客户同时只在旅程中一次，离开后可以马上再次进入。"
        : "每位客户离开后 %d 天内不会再次进入。".formatted(after.toDays());
  }

  private static String limits(@Nullable Integer inside, @Nullable Integer perDay) {
    if (inside == null && perDay == null) {
      return "人数不限。";
    }
    List<String> limits = new ArrayList<>();
    if (inside != null) {
      limits.add("旅程中同时最多 %d 人".formatted(inside));
    }
    if (perDay != null) {
      limits.add("每天最多新进 %d 人".formatted(perDay));
    }
    return String.join("，", limits) + "；满额后客户排队，有空位再进入。";
  }

  private String goals(List<Ending> goals, Map<String, String> names) {
    return goals.isEmpty()
        ? "没有画全程有效的目标。"
        : goals.stream()
            .map(
                one ->
                    "发生“%s”即达成目标“%s”"
                        .formatted(event(one.event(), names), LeaveReasons.title(one.code())))
            .collect(Collectors.joining("；", "", "，旅程随即结束。"));
  }

  private String exits(List<Ending> exits, Map<String, String> names) {
    return exits.isEmpty()
        ? "没有画全程有效的退出条件。"
        : exits.stream()
            .map(
                one ->
                    "发生“%s”即退出（%s）"
                        .formatted(event(one.event(), names), LeaveReasons.title(one.code())))
            .collect(Collectors.joining("；", "", "。"));
  }

  private String event(String type, Map<String, String> names) {
    return events.find(type).map(EventType::name).orElse(names.getOrDefault(type, type));
  }

  private String audience(String code, Map<String, String> names) {
    return audiences.find(code).map(Audience::name).orElse(names.getOrDefault(code, code));
  }

  private static String purpose(String code) {
    return switch (Purpose.of(code)) {
      case SERVICE -> "服务";
      case EDUCATION -> "投资者教育";
      case PRODUCT_MARKETING -> "产品营销";
      case MARGIN_MARKETING -> "两融营销";
      case ACTIVITY -> "活动";
      case PERSONALISATION -> "个性化推荐";
      case DATA_SHARING -> "数据共享";
      case LOCATION -> "位置服务";
      case CALL -> "电话联系";
    };
  }
}
