package io.waymark.content;

import io.waymark.platform.Channel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a model a template has declared, cleaned for its channel. What is not declared does
 * not exist for the template, whatever the caller passes.
 */
final class DeclaredValues {

  private static final int LONGEST_VALUE = 500;
  private static final int LONGEST_LIST = 50;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm", Locale.CHINA).withZone(ZONE);
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)https?:|www\\.|[a-z0-9-]+\\.(com|cn|net|org|top|xyz|cc|vip|link|ly|me|io|info|shop|site|club)\\b");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:+-]{0,128}");

  private final TemplateMetadata metadata;

  private DeclaredValues(TemplateMetadata metadata) {
    this.metadata = metadata;
  }

  static Map<String, Object> of(TemplateMetadata metadata, Map<String, Object> model) {
    return new DeclaredValues(metadata).select(model);
  }

  private Map<String, Object> select(Map<String, Object> model) {
    Map<String, Map<String, Object>> selected = new HashMap<>();
    for (String variable : metadata.variables()) {
      String[] names = variable.split("\\.", 2);
      Map<String, Object> group = selected.computeIfAbsent(names[0], key -> new HashMap<>());
      if (model.get(names[0]) instanceof Map<?, ?> given && given.get(names[1]) != null) {
        group.put(names[1], value(variable, given.get(names[1])));
      }
    }
    return new HashMap<>(selected);
  }

  private Object value(String variable, @Nullable Object given) {
    if (given instanceof String text) {
      return text(variable, text);
    }
    if (given instanceof Number || given instanceof Boolean) {
      return given;
    }
    if (given instanceof LocalDate day) {
      return DAY.format(day);
    }
    if (given instanceof Instant moment) {
      return MOMENT.format(moment);
    }
    if (given instanceof List<?> list && list.size() <= LONGEST_LIST) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(item(variable, item)));
      return items;
    }
    throw refused(variable, "变量 %s 不是文字、数字或日期, 请检查传入的数据。");
  }

  private Object item(String variable, @Nullable Object given) {
    if (given instanceof Map<?, ?> map) {
      Map<String, Object> fields = new HashMap<>();
      map.forEach((key, field) -> fields.put(String.valueOf(key), scalar(variable, field)));
      return fields;
    }
    return scalar(variable, given);
  }

  private Object scalar(String variable, @Nullable Object given) {
    if (given instanceof List<?>) {
      throw refused(variable, "变量 %s 的列表里不能再有列表, 请检查传入的数据。");
    }
    return value(variable, given);
  }

  private String text(String variable, String given) {
    // Line breaks and control characters in a value could forge headers or a second message.
    String text = given.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    if (text.length() > LONGEST_VALUE) {
      throw refused(variable, "变量 %s 的内容过长, 请检查传入的数据。");
    }
    if (metadata.channel() == Channel.SMS && ADDRESS.matcher(text).find()) {
      throw refused(variable, "短信变量 %s 中不允许出现链接, 请把链接写进已审核的模板正文。");
    }
    if (metadata.channel() == Channel.WEBHOOK && !CODE.matcher(text).matches()) {
      throw refused(variable, "Webhook 变量 %s 只能是代码, 不能是文字, 请检查传入的数据。");
    }
    return text;
  }

  private RenderException refused(String variable, String message) {
    return new RenderException(
        metadata.code(),
        0,
        variable,
        "模板 %s: ".formatted(metadata.code()) + message.formatted(variable));
  }
}
