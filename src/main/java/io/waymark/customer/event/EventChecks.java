package io.waymark.customer.event;

import io.waymark.platform.RowProblems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What may be wrong with an event from outside. */
final class EventChecks {

  private static final int LONGEST_ID = 200;
  private static final int LARGEST_PROPERTIES = 16 * 1024;
  private static final Duration FURTHEST_FUTURE = Duration.ofDays(1);
  private static final Map<PropertyType, String> WORDS =
      Map.of(
          PropertyType.TEXT, "文字",
          PropertyType.NUMBER, "数字",
          PropertyType.TIME, "带时区的时间（如 2026-11-22T09:30:00+08:00）",
          PropertyType.FLAG, "true 或 false");

  private final RowProblems problems = new RowProblems();
  private final Map<String, Long> undeclared = new TreeMap<>();
  private final Map<String, EventType> types;
  private final Instant now;

  EventChecks(Map<String, EventType> types, Instant now) {
    this.types = types;
    this.now = now;
  }

  /** How many sound events were of each type nobody declared. */
  Map<String, Long> undeclared() {
    return undeclared;
  }

  RowProblems problems() {
    return problems;
  }

  /** The properties as JSON when everything but the customer's existence is sound. */
  Optional<String> properties(int position, IncomingEvent event) {
    if (!named(position, event) || !dated(position, event) || !declared(position, event)) {
      return Optional.empty();
    }
    Optional<String> json = json(position, event);
    if (json.isPresent() && !types.containsKey(event.type())) {
      undeclared.merge(event.type(), 1L, Long::sum);
    }
    return json;
  }

  /** Whether the properties are as the declaration of the type says, if it has one. */
  private boolean declared(int position, IncomingEvent event) {
    EventType type = types.get(event.type());
    if (type == null) {
      return true;
    }
    Map<String, Object> given =
        RowProblems.missing(event.properties()) ? Map.of() : event.properties();
    for (EventProperty property : type.properties()) {
      if (!fits(position, property, given.get(property.name()))) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(int position, EventProperty property, @Nullable Object value) {
    String field = "properties." + property.name();
    if (value == null || value.equals("")) {
      return !property.required()
          || problems.refuse(position, field, "missing", "该类事件必须带有此属性，请补上后重发");
    }
    if (!property.type().fits(value)) {
      return problems.refuse(
          position, field, "wrong_type", "属性值应为" + WORDS.get(property.type()) + "，请核对来源系统");
    }
    if (!property.allowed().isEmpty() && !property.allowed().contains(value.toString())) {
      return problems.refuse(
          position, field, "not_allowed", "属性值只能是 " + String.join("、", property.allowed()));
    }
    return true;
  }

  private boolean named(int position, IncomingEvent event) {
    if (RowProblems.blank(event.eventId())) {
      return problems.refuse(position, "eventId", "blank", "事件编号不能为空,重复上报要靠它识别");
    }
    if (event.eventId().length() > LONGEST_ID) {
      return problems.refuse(position, "eventId", "too_long", "事件编号过长,最多 200 个字符");
    }
    if (RowProblems.unstorable(event.eventId())) {
      return problems.refuse(position, "eventId", "malformed", "事件编号含有无法保存的字符");
    }
    if (RowProblems.blank(event.customer())) {
      return problems.refuse(position, "customer", "blank", "客户不能为空");
    }
    if (RowProblems.blank(event.type())) {
      return problems.refuse(position, "type", "blank", "事件类型不能为空");
    }
    if (!EventTypes.isCode(event.type())) {
      return problems.refuse(
          position, "type", "malformed", "事件类型只能用小写字母、数字、下划线和点,例如 dca.deduct_failed");
    }
    return true;
  }

  private boolean dated(int position, IncomingEvent event) {
    if (RowProblems.missing(event.occurredAt())) {
      return problems.refuse(position, "occurredAt", "blank", "发生时间不能为空");
    }
    if (event.occurredAt().isAfter(now.plus(FURTHEST_FUTURE))) {
      return problems.refuse(position, "occurredAt", "future", "发生时间在一天以后,请核对来源系统的时钟");
    }
    return true;
  }

  private Optional<String> json(int position, IncomingEvent event) {
    String json;
    try {
      json =
          EventProperties.write(
              RowProblems.missing(event.properties()) ? Map.of() : event.properties());
    } catch (IllegalArgumentException e) {
      problems.refuse(position, "properties", "malformed", "事件属性无法保存,请使用普通的 JSON 值");
      return Optional.empty();
    }
    if (json.contains("\\u0000")) {
      problems.refuse(position, "properties", "malformed", "事件属性含有无法保存的字符");
      return Optional.empty();
    }
    if (json.getBytes(StandardCharsets.UTF_8).length > LARGEST_PROPERTIES) {
      problems.refuse(position, "properties", "too_long", "事件属性过大,最多 16 kB");
      return Optional.empty();
    }
    return Optional.of(json);
  }
}
