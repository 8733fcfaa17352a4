package io.waymark.segment.churn;

import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.ShippedPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** What churn means as a policy: proposed by one person, approved by another. */
@Component
public class ChurnSettingsKind implements PolicyKind<ChurnSettings> {

  /** Its code, also in addresses. */
  public static final String CODE = "churn-settings";

  private final Resource file;

  ChurnSettingsKind(@Value("${waymark.churn.settings:classpath:churn.yaml}") Resource file) {
    this.file = file;
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "流失模型设置";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          "2026-11",
          Instant.parse("2026-10-31T16:00:00Z"),
          file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("流失模型设置文件 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    try {
      return ChurnSettings.read(source).problems();
    } catch (IllegalArgumentException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  @Override
  public ChurnSettings read(String source) {
    return ChurnSettings.read(source);
  }
}
