package io.waymark.compliance;

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

/** The statements a text must carry as a policy that officers edit and a second one approves. */
@Component
class RequiredElementsKind implements PolicyKind<ElementRules> {

  private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");

  private final Resource file;

  RequiredElementsKind(
      @Value("${waymark.compliance.required-elements:classpath:compliance/required-elements.yaml}")
          Resource file) {
    this.file = file;
  }

  @Override
  public String code() {
    return RequiredElements.POLICY;
  }

  @Override
  public String title() {
    return "必备要素";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          "required-elements-2026-11", ALWAYS, file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("必备要素清单 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    try {
      return ElementRules.read(source).problems();
    } catch (RulePackException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  @Override
  public ElementRules read(String source) {
    return ElementRules.read(source);
  }
}
