package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.channel.ProviderAnswer.Rejected;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetAllowListTest {

  private static final Map<String, String> NAMES =
      Map.of(
          "partner.example", "93.184.215.14",
          "crm.broker.example", "10.1.2.3",
          "rebound.example", "127.0.0.1",
          "mapped.example", "::ffff:169.254.169.254");

  private final TargetAllowList targets =
      new TargetAllowList(
          List.of(
              URI.create("https://partner.example/hooks"),
              URI.create("https://crm.broker.example"),
              URI.create("https://rebound.example"),
              URI.create("https://mapped.example"),
              URI.create("https://nowhere.example"),
              URI.create("http://127.0.0.1:8093/hook")),
          List.of(Network.parse("10.1.0.0/16")),
          TargetAllowListTest::resolve);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://partner.example/hooks",
        "https://PARTNER.example:443/hooks/a?b=c",
        "https://crm.broker.example/anything",
        "http://127.0.0.1:8093/hook"
      })
  void a_listed_target_is_allowed(String target) {
    assertThat(targets.refusal(URI.create(target))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example/hooks",
        "http://partner.example/hooks",
        "https://partner.example:8443/hooks",
        "https://partner.example/hooksother",
        "https://partner.example/hooks/../admin",
        "https://partner.example/hooks/%2e%2e/admin",
        "https://partner.example/hooks/..%2Fadmin",
        "https://user@partner.example/hooks",
        "https://partner.example/hooks#x",
        "https://partner.example.evil.example/hooks",
        "https://partner.example@evil.example/hooks",
        "http://127.0.0.1:8094/hook",
        "http://127.1:8093/hook",
        "http://[::1]:8093/hook",
        "http://localhost:8093/hook",
        "file:///etc/passwd",
        "mailto:a@partner.example",
        "/hooks",
        ""
      })
  void anything_else_is_refused_for_good(String target) {
    assertThat(targets.refusal(URI.create(target)))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("target_refused");
              assertThat(refusal.temporary()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://rebound.example/", "https://mapped.example/"})
  void a_listed_name_that_leads_inside_is_refused(String target) {
    assertThat(targets.refusal(URI.create(target)))
        .hasValueSatisfying(refusal -> assertThat(refusal.reason()).contains("内部网络"));
  }

  @Test
  void a_name_that_cannot_be_resolved_may_be_tried_later() {
    assertThat(targets.refusal(URI.create("https://nowhere.example/")).map(Rejected::temporary))
        .contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "fec0::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1"
      })
  void inside_addresses_are_not_public(String address) throws UnknownHostException {
    assertThat(Network.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
  void outside_addresses_are_public(String address) throws UnknownHostException {
    assertThat(Network.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "host.example/8", "10.0.0.0/x"})
  void a_network_that_is_none_is_refused(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("网段");
  }

  private static InetAddress[] resolve(String host) throws UnknownHostException {
    String address = NAMES.get(host.toLowerCase(java.util.Locale.ROOT));
    if (address == null) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.getByName(address)};
  }
}
