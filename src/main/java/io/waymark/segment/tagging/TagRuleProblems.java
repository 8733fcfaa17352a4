package io.waymark.segment.tagging;

import io.waymark.customer.tag.PrivacyClass;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagRuleCheck;
import io.waymark.customer.tag.TagSource;
import io.waymark.platform.Purpose;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What stands against the rule of a tag beside its spelling: what is concluded from a tag is held
 * as closely and used for no more than the tag itself (个人信息保护法 art. 6, 28; requirement K6), and no
 * tag is concluded from itself.
 */
@Component
class TagRuleProblems implements TagRuleCheck {

  private final TagRegistry registry;

  TagRuleProblems(TagRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<String> problem(TagDefinition definition) {
    return TagCases.problem(definition)
        .or(
            () ->
                concluded(
                    definition,
                    TagCases.read(Objects.requireNonNull(definition.rule()), definition.type())));
  }

  /** What stands against giving a tag these values, by what is declared now. */
  Optional<String> concluded(TagDefinition definition, TagCases cases) {
    Map<String, TagDefinition> known = registry.byCode();
    PrivacyClass held =
        known.containsKey(definition.code())
            ? known.get(definition.code()).privacy()
            : definition.privacy();
    Set<String> read = cases.tags();
    for (String code : read) {
      TagDefinition source = known.get(code);
      if (source == null) {
        return Optional.of("规则用到的标签 %s 没有登记，请先登记。".formatted(code));
      }
      if (source.privacy().compareTo(held) > 0) {
        return Optional.of(
            "规则用到标签“%s”，它的密级更高；由它得出的标签须同样保密，请先把本标签的密级调到不低于它。".formatted(source.name()));
      }
      if (!within(definition.purposes(), source.purposes())) {
        return Optional.of(
            "规则用到标签“%s”，它只能用于 %s；本标签的用途须在这个范围之内。"
                .formatted(source.name(), words(source.purposes())));
      }
    }
    return circle(definition.code(), read, known)
        ? Optional.of("规则最终又用到了本标签自己，请去掉。")
        : Optional.empty();
  }

  /** No purpose means any. */
  private static boolean within(Set<Purpose> own, Set<Purpose> source) {
    return source.isEmpty() || (!own.isEmpty() && source.containsAll(own));
  }

  private static String words(Set<Purpose> purposes) {
    return purposes.stream().map(Purpose::code).sorted().collect(Collectors.joining("、"));
  }

  private static boolean circle(String code, Set<String> read, Map<String, TagDefinition> known) {
    Set<String> seen = new HashSet<>();
    Set<String> next = read;
    while (!next.isEmpty()) {
      if (next.contains(code)) {
        return true;
      }
      seen.addAll(next);
      next =
          next.stream()
              .map(known::get)
              .filter(Objects::nonNull)
              .filter(one -> one.source() == TagSource.RULE && one.rule() != null)
              .filter(one -> TagCases.problem(one).isEmpty())
              .flatMap(
                  one ->
                      TagCases.read(Objects.requireNonNull(one.rule()), one.type()).tags().stream())
              .filter(one -> !seen.contains(one))
              .collect(Collectors.toSet());
    }
    return false;
  }
}
