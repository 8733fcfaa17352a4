package io.waymark.channel.simulator;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Access tokens as Tencent's accounts give them out. */
final class SimulatedTokens {

  private static final int SECONDS = 7200;

  private final Set<String> good = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final AtomicInteger given = new AtomicInteger();

  String answer() {
    String token = "token-" + UUID.randomUUID();
    good.add(token);
    given.incrementAndGet();
    return "{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\""
        + token
        + "\",\"expires_in\":"
        + SECONDS
        + "}";
  }

  void takeBack() {
    ended.addAll(good);
    good.clear();
  }

  int given() {
    return given.get();
  }

  /** Empty when the token is good. */
  String refusal(String token) {
    if (good.contains(token)) {
      return "";
    }
    return ended.contains(token)
        ? error(42001, "access_token expired")
        : error(40014, "invalid access_token");
  }

  static String error(int code, String words) {
    return "{\"errcode\":" + code + ",\"errmsg\":\"" + words + "\"}";
  }
}
