package io.waymark.segment.lifecycle;

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

/** Lifecycle stages as a policy: proposed by one person, approved by another. */
@Component
public class LifecyclePolicyKind implements PolicyKind<LifecyclePolicy> {

  /** Its code, also in addresses. */
  public static final String CODE = "lifecycle";

  private final Resource file;

  LifecyclePolicyKind(
      @Value("${waymark.lifecycle.policy:classpath:lifecycle.yaml}") Resource file) {
    this.file = file;
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "客户生命周期";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          "2026-11",
          Instant.parse("2026-10-31T16:00:00Z"),
          file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("生命周期规则文件 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    try {
      return LifecyclePolicy.read(source).problems();
    } catch (IllegalArgumentException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  @Override
  public LifecyclePolicy read(String source) {
    return LifecyclePolicy.read(source);
  }
}
