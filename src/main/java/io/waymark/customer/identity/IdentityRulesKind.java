package io.waymark.customer.identity;

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

/** The identity rules as a policy: proposed by one person, approved by another. */
@Component
public class IdentityRulesKind implements PolicyKind<IdentityRules> {

  /** Its code, also in addresses. */
  public static final String CODE = "identity-rules";

  private final Resource file;

  IdentityRulesKind(
      @Value("${waymark.customer.identity-rules:classpath:identity-rules.yaml}") Resource file) {
    this.file = file;
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "身份识别规则";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          "2026-11",
          Instant.parse("2026-10-31T16:00:00Z"),
          file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("身份识别规则文件 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    try {
      return IdentityRules.read(source).problems();
    } catch (IllegalArgumentException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  @Override
  public IdentityRules read(String source) {
    return IdentityRules.read(source);
  }
}
