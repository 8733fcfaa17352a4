package io.waymark.segment.decay;

import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagSource;
import io.waymark.customer.tag.TagType;
import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.ShippedPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** Signals of decay as a policy: proposed by one person, approved by another. */
@Component
public class DecayPolicyKind implements PolicyKind<DecayPolicy> {

  /** Its code, also in addresses. */
  public static final String CODE = "decay-signals";

  private final Resource file;
  private final TagRegistry registry;

  DecayPolicyKind(
      @Value("${waymark.decay.policy:classpath:decay.yaml}") Resource file, TagRegistry registry) {
    this.file = file;
    this.registry = registry;
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "衰减信号";
  }

  @Override
  public ShippedPolicy shipped() {
    try {
      return new ShippedPolicy(
          "2026-11",
          Instant.parse("2026-10-31T16:00:00Z"),
          file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("衰减信号文件 %s 无法读取，请检查安装包。".formatted(file), e);
    }
  }

  @Override
  public List<String> problems(String source) {
    try {
      DecayPolicy policy = DecayPolicy.read(source);
      return Stream.concat(
              policy.problems().stream(),
              policy.signals().stream()
                  .filter(one -> !declared(one.scoreTag()))
                  .map(
                      one ->
                          "信号“%s”写入的标签 %s 没有登记，请先在“标签”页登记：类型数字，来源模型评分。"
                              .formatted(one.name(), one.scoreTag())))
          .toList();
    } catch (IllegalArgumentException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  private boolean declared(String tag) {
    return registry
        .find(tag)
        .filter(one -> one.type() == TagType.NUMBER && one.source() == TagSource.SCORE)
        .isPresent();
  }

  @Override
  public DecayPolicy read(String source) {
    return DecayPolicy.read(source);
  }
}
