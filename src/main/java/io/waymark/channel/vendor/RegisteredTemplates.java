package io.waymark.channel.vendor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All texts registered with one vendor; the one with the fewest places that fits is used. */
public final class RegisteredTemplates {

  private final List<RegisteredTemplate> templates;

  public RegisteredTemplates(List<RegisteredTemplate> templates) {
    this.templates =
        templates.stream().sorted(Comparator.comparingInt(RegisteredTemplate::places)).toList();
  }

  /** Empty when the text was never registered. */
  public Optional<RegisteredTemplate.Filled> fit(String text) {
    return templates.stream().map(one -> one.fit(text)).flatMap(Optional::stream).findFirst();
  }

  /**
   * One as written in the settings.
   *
   * @param code the vendor's name of it, e.g. {@code SMS_154950909}
   * @param text as registered, with its places, without the signature in 【】
   */
  public record Entry(String code, String text) {}

  /** From settings. */
  public static RegisteredTemplates of(List<Entry> entries) {
    return new RegisteredTemplates(
        entries.stream().map(entry -> new RegisteredTemplate(entry.code(), entry.text())).toList());
  }
}
