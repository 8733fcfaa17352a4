package io.waymark.channel.wechat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waymark.channel.HttpAnswers;
import io.waymark.channel.HttpWire;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.vendor.VendorCodes;
import io.waymark.channel.wechat.TokenRows.Token;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Calls both families of Tencent's message API: JSON in, {@code errcode} out, access token in the
 * address. A token the vendor does not take is renewed and the call repeated once: the vendor
 * checks it before it does anything.
 */
final class WechatApi {

  private static final Set<Integer> TOKEN_REFUSED = Set.of(40001, 40014, 42001);

  private final URI endpoint;
  private final HttpWire wire;
  private final AccessTokens tokens;
  private final VendorCodes codes;
  private final String peer;

  /**
   * @param login the call that fetches a token
   */
  WechatApi(
      String provider,
      String peer,
      URI endpoint,
      HttpWire wire,
      HttpRequest login,
      TokenRows rows,
      VendorCodes codes,
      Clock clock) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.codes = codes;
    this.peer = peer;
    this.tokens = new AccessTokens(provider, rows, () -> fetch(wire, login, clock), clock);
  }

  private static Optional<Token> fetch(HttpWire wire, HttpRequest login, Clock clock) {
    if (!(wire.call(login) instanceof HttpWire.Outcome.Answered answered)) {
      return Optional.empty();
    }
    JsonNode body = HttpAnswers.json(answered.body());
    String value = body.path("access_token").asText("");
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Token(
                value,
                clock.instant().plus(Duration.ofSeconds(body.path("expires_in").asLong(7200)))));
  }

  /**
   * Posts and reads.
   *
   * @param accepted makes the answer of a call whose {@code errcode} is 0
   */
  ProviderAnswer post(String path, String json, Function<JsonNode, ProviderAnswer> accepted) {
    Optional<String> token = tokens.current();
    if (token.isEmpty()) {
      return new Rejected("access_token", peer + "没有发放访问令牌，请核对账号密钥和 IP 白名单", true);
    }
    HttpWire.Outcome outcome = call(path, json, token.get());
    if (outcome instanceof HttpWire.Outcome.Answered answered && refused(answered)) {
      Optional<String> another = tokens.after(token.get());
      if (another.isPresent()) {
        outcome = call(path, json, another.get());
      }
    }
    Optional<ProviderAnswer> early = HttpAnswers.unanswered(outcome, peer);
    return early.isPresent() ? early.get() : answer((HttpWire.Outcome.Answered) outcome, accepted);
  }

  private ProviderAnswer answer(
      HttpWire.Outcome.Answered answered, Function<JsonNode, ProviderAnswer> accepted) {
    JsonNode body = HttpAnswers.json(answered.body());
    if (!body.path("errcode").isInt()) {
      return HttpAnswers.succeeded(answered)
          ? new Unknown(peer + "的应答无法识别")
          : HttpAnswers.refused(answered, "http_" + answered.status(), peer);
    }
    int code = body.path("errcode").asInt();
    return code == 0 ? accepted.apply(body) : codes.answer(Integer.toString(code));
  }

  private static boolean refused(HttpWire.Outcome.Answered answered) {
    return TOKEN_REFUSED.contains(HttpAnswers.json(answered.body()).path("errcode").asInt());
  }

  private HttpWire.Outcome call(String path, String json, String token) {
    return wire.call(
        HttpRequest.newBuilder(URI.create(endpoint + path + "?access_token=" + token))
            .header("content-type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /** What both families' codes have in common. */
  static VendorCodes codes(String peer) {
    return new VendorCodes(peer)
        .later("-1", "系统繁忙", Duration.ofSeconds(5))
        .later("45009", "接口调用超过限额", Duration.ofHours(1))
        .later("45011", "接口调用过于频繁", Duration.ofMinutes(1))
        .later("45033", "接口并发过高", Duration.ofSeconds(5))
        .later("40001", "访问令牌或密钥无效", Duration.ofMinutes(1))
        .later("40014", "访问令牌无效", Duration.ofMinutes(1))
        .later("42001", "访问令牌已过期", Duration.ofMinutes(1))
        .later("40164", "本机 IP 不在白名单，请在管理后台登记", Duration.ofMinutes(10))
        .later("48001", "账号没有该接口的权限", Duration.ofMinutes(10))
        .later("60020", "本机 IP 不可信，请在管理后台登记", Duration.ofMinutes(10));
  }
}
