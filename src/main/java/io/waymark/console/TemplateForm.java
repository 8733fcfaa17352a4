package io.waymark.console;

import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateProblem;
import io.waymark.content.TemplateRefusedException;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the editor of templates sends, as it was typed.
 *
 * @param variables one per line or separated by commas
 * @param requiresProduct null when its box is not ticked
 * @param aiWritten null when its box is not ticked
 * @param notApplicable one {@code element: reason} per line
 */
public record TemplateForm(
    String code,
    String title,
    String channel,
    String purpose,
    String productClass,
    String variables,
    String subject,
    @Nullable Boolean requiresProduct,
    @Nullable Boolean aiWritten,
    String notApplicable,
    String variantOf,
    String source) {

  static TemplateForm empty() {
    return new TemplateForm(
        "", "", "sms", "service", "none", "customer.name", "", false, false, "", "", "");
  }

  static TemplateForm of(TemplateVersion version) {
    TemplateMetadata metadata = version.metadata();
    List<String> waivers = new ArrayList<>();
    new TreeMap<>(metadata.notApplicable())
        .forEach((element, reason) -> waivers.add(element + ": " + reason));
    return new TemplateForm(
        metadata.code(),
        metadata.title(),
        metadata.channel().code(),
        metadata.purpose().code(),
        metadata.productClass(),
        String.join("\n", new TreeSet<>(metadata.variables())),
        metadata.subject() == null ? "" : metadata.subject(),
        metadata.requiresProduct(),
        metadata.aiWritten(),
        String.join("\n", waivers),
        metadata.variantOf() == null ? "" : metadata.variantOf(),
        version.source());
  }

  /** Browsers send every line break as two characters. */
  String text() {
    return source.replace("\r\n", "\n");
  }

  /**
   * The metadata it declares.
   *
   * @throws TemplateRefusedException naming the field that cannot be read
   */
  TemplateMetadata metadata() {
    return new TemplateMetadata(
        code.strip(),
        title.strip(),
        Stream.of(Channel.values())
            .filter(one -> one.code().equals(channel))
            .findFirst()
            .orElseThrow(() -> refused("channel", "请选择渠道。")),
        Stream.of(Purpose.values())
            .filter(one -> one.code().equals(purpose))
            .findFirst()
            .orElseThrow(() -> refused("purpose", "请选择用途。")),
        productClass,
        Stream.of(variables.split("[\\s,，、]+")).filter(one -> !one.isBlank()).toList(),
        subject.isBlank() ? null : subject.strip(),
        Boolean.TRUE.equals(requiresProduct),
        waivers(),
        variantOf.isBlank() ? null : variantOf.strip(),
        Boolean.TRUE.equals(aiWritten));
  }

  private Map<String, String> waivers() {
    Map<String, String> waivers = new TreeMap<>();
    notApplicable
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              String[] parts = line.split("[:：]", 2);
              if (parts.length < 2) {
                throw refused("notApplicable", "不适用的要素请写成“要素编码: 原因”, 一行一个。");
              }
              waivers.put(parts[0].strip(), parts[1].strip());
            });
    return waivers;
  }

  private static TemplateRefusedException refused(String field, String message) {
    return new TemplateRefusedException(
        List.of(new TemplateProblem(field, 0, "invalid_" + field, message)));
  }
}
