package io.waymark.contact;

import io.waymark.platform.policy.PolicyKind;
import io.waymark.platform.policy.ShippedPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * The contact policy as a kind of approved document. The broker's own file, or the one that comes
 * with Waymark, is its first version.
 */
@Component
public class ContactPolicyKind implements PolicyKind<ContactPolicy> {

  public static final String CODE = "contact";

  /** Before anything was ever sent. */
  private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");

  private final ShippedPolicy shipped;

  ContactPolicyKind(@Value("${waymark.contact.policy:classpath:contact-policy.yaml}") Resource file)
      throws IOException {
    String source = file.getContentAsString(StandardCharsets.UTF_8);
    this.shipped = new ShippedPolicy(parse(source).version(), ALWAYS, source);
  }

  @Override
  public String code() {
    return CODE;
  }

  @Override
  public String title() {
    return "触达政策";
  }

  @Override
  public ShippedPolicy shipped() {
    return shipped;
  }

  @Override
  public List<String> problems(String source) {
    try {
      parse(source);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ContactPolicy read(String source) {
    return parse(source);
  }

  private static ContactPolicy parse(String source) {
    try (InputStream yaml = new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8))) {
      return ContactPolicy.read(yaml);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }
}
