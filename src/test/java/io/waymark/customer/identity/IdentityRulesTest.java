package io.waymark.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.IdentityType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The rules that come with Waymark are sound, and unsound ones are refused with a sentence. */
class IdentityRulesTest {

  private final IdentityRulesKind kind =
      new IdentityRulesKind(new ClassPathResource("identity-rules.yaml"));
  private final String shipped = kind.shipped().source();

  @Test
  void the_shipped_rules_are_sound_and_name_every_type() {
    assertThat(kind.problems(shipped)).isEmpty();
    assertThat(kind.read(shipped).types()).hasSize(IdentityType.values().length);
    assertThat(kind.read(shipped).weight(IdentityType.FUND_ACCOUNT)).isZero();
  }

  @Test
  void a_device_or_a_landline_can_never_be_made_to_link() {
    refused(
        "type: device\n    strength: weak\n    most: 10\n    shared: true\n    links: never",
        "type: device\n    strength: weak\n    most: 10\n    shared: true\n    links: with-person",
        "由多人共用");
    refused(
        "type: landline\n    strength: weak\n    most: 3\n    shared: true\n    links: never",
        "type: landline\n    strength: strong\n    most: 3\n    shared: false\n    links: alone",
        "由多人共用");
  }

  @Test
  void only_a_strong_identity_nobody_shares_links_alone() {
    refused("links: with-person", "links: alone", "须为 strong 且不共用");
    refused("shared: false\n    links: alone", "shared: true\n    links: alone", "须为 strong 且不共用");
  }

  @Test
  void what_is_missing_misspelt_doubled_or_out_of_range_is_named() {
    refused("type: email", "type: mobile", "写了两次");
    refused("type: email", "type: mobile", "缺少标识类型“email”");
    refused("type: email", "type: fax", "“fax”不存在");
    refused("most: 10", "most: 21", "most 须在 1 至 20 之间");
    refused("most: 10", "most: 0", "most 须在 1 至 20 之间");
    refused("valid-days: 730", "valid-days: -1", "valid-days");
    refused("valid-days: 730", "valid-days: 3661", "valid-days");
    refused("basis: house：设备", "basis: ' ' #", "须写明 basis");
    refused("strength: weak", "strength: soft", "无法读取");
    refused("merge-across-branches: false\n", "", "无法读取");
    refused("types:", "type:", "无法读取");
    refused("    links: with-person\n", "", "无法读取");
    refused("    basis: house：设备", "    reason: house：设备", "无法读取");
  }

  @Test
  void an_identity_counts_for_its_days_and_one_without_days_for_ever() {
    Instant now = Instant.parse("2026-11-22T02:00:00Z");
    IdentityRules rules = kind.read(shipped);
    assertThat(rules.of(IdentityType.MOBILE).validSince(now))
        .isEqualTo(now.minus(Duration.ofDays(730)));
    assertThat(rules.of(IdentityType.FUND_ACCOUNT).validSince(now)).isEqualTo(Instant.EPOCH);
  }

  private void refused(String before, String after, String why) {
    assertThat(shipped).contains(before);
    int at = shipped.indexOf(before);
    String changed = shipped.substring(0, at) + after + shipped.substring(at + before.length());
    assertThat(kind.problems(changed)).anySatisfy(problem -> assertThat(problem).contains(why));
  }
}
