package io.waymark.content;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a screen lists; a null field does not narrow.
 *
 * @param text part of the code or the title
 */
public record TemplateFilter(
    @Nullable TemplateStatus status,
    @Nullable Channel channel,
    @Nullable Purpose purpose,
    @Nullable String text) {

  /** Narrows by anything but the purpose. */
  public TemplateFilter(
      @Nullable TemplateStatus status, @Nullable Channel channel, @Nullable String text) {
    this(status, channel, null, text);
  }

  /** Lists everything. */
  public static TemplateFilter everything() {
    return new TemplateFilter(null, null, null);
  }
}
