package io.waymark.engine.check;

import io.waymark.content.PersonalUse;
import io.waymark.content.TemplateMetadata;
import io.waymark.engine.check.rule.Content;
import io.waymark.engine.check.rule.Content.State;
import io.waymark.engine.check.rule.Facts;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.segment.Audience;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A house in which the pictures of these tests are drawn. */
final class Known {

  static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");

  private Known() {}

  static Facts facts() {
    Map<String, Content> contents = new HashMap<>();
    for (Purpose purpose : Purpose.values()) {
      for (Channel channel : Channel.values()) {
        contents.put(
            purpose.code() + "-" + channel.code(),
            content(purpose, channel, State.APPROVED, false, 365));
      }
    }
    for (State state : State.values()) {
      contents.put("is-" + state.name(), content(Purpose.SERVICE, Channel.SMS, state, false, 365));
    }
    contents.put("soon", content(Purpose.SERVICE, Channel.SMS, State.APPROVED, false, 5));
    contents.put(
        "fund", content(Purpose.PRODUCT_MARKETING, Channel.SMS, State.APPROVED, true, 365));
    return new Facts(
        contents,
        Map.of(
            "drawn", audience("drawn", Purpose.PRODUCT_MARKETING, false),
            "live", audience("live", Purpose.PRODUCT_MARKETING, true),
            "for-service", audience("for-service", Purpose.SERVICE, false),
            "barred", audience("barred", Purpose.ACTIVITY, false)),
        Set.of("account.opened", "account.funded", "complaint.filed", "message.settled"),
        Set.of("tier"),
        Map.of("P1", product("P1", "on_sale"), "P0", product("P0", "closed")),
        Set.of("bond_fund"),
        Map.of("for-service", "人群“for-service”须先有影响评估。"),
        Map.of("barred", "标签 hobby 不能用于“activity”。"));
  }

  private static Content content(
      Purpose purpose, Channel channel, State state, boolean product, int days) {
    return new Content(
        new TemplateMetadata(
            "t",
            "t",
            channel,
            purpose,
            "none",
            List.of(),
            null,
            product,
            Map.of(),
            null,
            false,
            PersonalUse.NONE),
        state,
        NOW.plus(Duration.ofDays(days)));
  }

  private static Audience audience(String code, Purpose purpose, boolean live) {
    return new Audience(code, code, "never event login", purpose, null, live, "a", 1, NOW);
  }

  private static Product product(String code, String status) {
    return new Product(
        code,
        code,
        "bond_fund",
        ProductRisk.R2,
        ProductRisk.R2,
        "m",
        null,
        "income",
        status,
        Map.of());
  }
}
