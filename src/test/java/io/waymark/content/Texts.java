package io.waymark.content;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.util.List;
import java.util.Map;

/** Short ways to write metadata in tests. */
final class Texts {

  private Texts() {}

  static TemplateMetadata sms(String code, String... variables) {
    return metadata(code, Channel.SMS, null, variables);
  }

  static TemplateMetadata email(String code, String subject, String... variables) {
    return metadata(code, Channel.EMAIL, subject, variables);
  }

  static TemplateMetadata metadata(
      String code, Channel channel, String subject, String... variables) {
    return new TemplateMetadata(
        code,
        "测试模板",
        channel,
        Purpose.SERVICE,
        "none",
        List.of(variables),
        subject,
        true,
        Map.of(),
        null);
  }
}
