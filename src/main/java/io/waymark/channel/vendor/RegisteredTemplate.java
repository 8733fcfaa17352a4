package io.waymark.channel.vendor;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text as it was registered with a vendor (报备模板), with its places for values: <code>${name}
 * </code> (阿里云), <code>{1}</code> (腾讯云) or <code>{{thing1.DATA}}</code> (微信). Vendors take code and
 * values instead of a text; a frozen text is therefore taken apart by the registered one, and what
 * does not fit it exactly is not sent: the customer reads what was approved, to the letter.
 */
public final class RegisteredTemplate {

  /** A place: its three spellings. */
  private static final Pattern PLACE =
      Pattern.compile("\\$\\{(\\w+)\\}|\\{\\{(\\w+)\\.DATA\\}\\}|\\{(\\d+)\\}");

  private final String code;
  private final List<String> places = new ArrayList<>();
  private final Pattern pattern;

  /**
   * @param code the vendor's name of it
   * @param text as registered, without the signature in 【】
   * @throws IllegalArgumentException when code or text is missing
   */
  public RegisteredTemplate(String code, String text) {
    if (code.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException("报备模板须同时填写 code 和 text");
    }
    this.code = code;
    StringBuilder expression = new StringBuilder("(?s)");
    Matcher place = PLACE.matcher(text);
    int end = 0;
    while (place.find()) {
      expression.append(Pattern.quote(text.substring(end, place.start()))).append("(.*?)");
      places.add(name(place));
      end = place.end();
    }
    this.pattern =
        Pattern.compile(expression.append(Pattern.quote(text.substring(end))).toString());
  }

  private static String name(Matcher place) {
    for (int group = 1; group <= place.groupCount(); group++) {
      if (place.group(group) != null) {
        return place.group(group);
      }
    }
    throw new IllegalStateException("a place without a name");
  }

  /** How many places for values it has: fewer places say more about a text that fits several. */
  int places() {
    return places.size();
  }

  /** Empty when the text is not this template with values put in. */
  Optional<Filled> fit(String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < places.size(); i++) {
      String value = matcher.group(i + 1);
      String before = values.putIfAbsent(places.get(i), value);
      if (before != null && !before.equals(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Filled(code, values));
  }

  /**
   * A registered template and the values that make it the text.
   *
   * @param values by place, in the order of the text; personal data
   */
  public record Filled(String code, Map<String, String> values) {

    @Override
    public String toString() {
      return "Filled[" + code + "]";
    }
  }
}
