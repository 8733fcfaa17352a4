package io.waymark.compliance.review;

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

/** Who must read what, as a policy that officers edit and a second one approves. */
@Component
class ReviewPolicyKind implements PolicyKind<ReviewPolicy> {

  private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");

  private final Resource file;

  ReviewPolicyKind(
      @Value("${waymark.review.policy:classpath:compliance/review-policy.yaml}") Resource file) {
    this.file = file;
  }

  @Override
  public String code() {
    return "content-review";
  }

  @Override
  public String title() {
    return "双重复核制度";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          "content-review-2026-11", ALWAYS, file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("复核制度 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    try {
      return ReviewPolicy.read(source).problems();
    } catch (IllegalArgumentException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  @Override
  public ReviewPolicy read(String source) {
    return ReviewPolicy.read(source);
  }
}
