package io.waymark.console;

import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.platform.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tag's definition as it was typed.
 *
 * @param freshDays digits, or empty for values that do not age
 * @param allowed values divided by commas, Chinese or not; empty for any
 */
public record TagForm(
    String code,
    String name,
    String meaning,
    String type,
    String source,
    String owner,
    String freshDays,
    String privacy,
    List<String> purposes,
    String allowed,
    boolean keepHistory,
    String rule) {

  public TagForm {
    code = Objects.requireNonNullElse(code, "").strip();
    name = Objects.requireNonNullElse(name, "").strip();
    meaning = Objects.requireNonNullElse(meaning, "").strip();
    owner = Objects.requireNonNullElse(owner, "").strip();
    freshDays = Objects.requireNonNullElse(freshDays, "").strip();
    privacy = Objects.requireNonNullElse(privacy, "sensitive");
    purposes = purposes == null ? List.of() : List.copyOf(purposes);
    allowed = Objects.requireNonNullElse(allowed, "");
    rule = Objects.requireNonNullElse(rule, "").strip();
  }

  static TagForm blank(String code, String owner) {
    return new TagForm(
        code, "", "", "text", "imported", owner, "", "sensitive", List.of(), "", false, "");
  }

  static TagForm of(TagDefinition tag) {
    return new TagForm(
        tag.code(),
        tag.name(),
        tag.meaning(),
        tag.type().code(),
        tag.source().code(),
        tag.owner(),
        tag.freshness() == null ? "" : Long.toString(tag.freshness().toDays()),
        tag.privacy().code(),
        tag.purposes().stream().map(Purpose::code).sorted().toList(),
        String.join("、", tag.allowed()),
        tag.keepHistory(),
        Objects.requireNonNullElse(tag.rule(), ""));
  }

  /**
   * The definition it says.
   *
   * @param stored the rule kept so far, for forms that do not show one
   * @throws IllegalArgumentException with a Chinese sentence when a field cannot be read
   */
  TagDefinition definition(@Nullable String stored) {
    TagSource from = TagSource.valueOf(source.toUpperCase(Locale.ROOT));
    String computed = rule.isEmpty() ? stored : rule;
    return new TagDefinition(
        code,
        name,
        meaning,
        TagType.valueOf(type.toUpperCase(Locale.ROOT)),
        from,
        owner,
        freshness(),
        PrivacyClass.valueOf(privacy.toUpperCase(Locale.ROOT)),
        purposes.stream().map(Purpose::of).collect(Collectors.toUnmodifiableSet()),
        Stream.of(allowed.split("[,，、\\s]+")).filter(word -> !word.isBlank()).distinct().toList(),
        keepHistory,
        from == TagSource.RULE ? computed : null);
  }

  private @Nullable Duration freshness() {
    if (freshDays.isEmpty()) {
      return null;
    }
    try {
      int days = Integer.parseInt(freshDays);
      if (days < 1 || days > 3_650) {
        throw new NumberFormatException(freshDays);
      }
      return Duration.ofDays(days);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("有效天数请填写 1 到 3650 的整数，长期有效请留空。", noNumber);
    }
  }
}
