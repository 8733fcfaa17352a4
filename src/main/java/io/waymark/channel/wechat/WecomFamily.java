package io.waymark.channel.wechat;

import io.waymark.channel.CallbackReader;
import io.waymark.channel.Inbound;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Rounds;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 企业微信, when {@code waymark.channel.wecom.corp-id} is set. */
@Component
class WecomFamily implements ProviderFamily {

  private final Optional<WecomMessages> messages;
  private final CallbackReader callbacks;
  private final Rounds looking;

  WecomFamily(
      WecomSettings settings, TokenRows rows, SentIds sentIds, Inbound inbound, Clock clock) {
    Secret secret = settings.secret();
    this.messages =
        settings.corpId().isEmpty() || secret == null
            ? Optional.empty()
            : Optional.of(new WecomMessages(settings, secret, rows, sentIds, clock));
    Secret token = settings.callbackToken();
    Secret key = settings.callbackKey();
    this.callbacks =
        new WechatCallbacks(
            WecomMessages.NAME,
            Channel.WECOM,
            token == null || key == null
                ? null
                : new WechatCrypt(token.clear(), key.clear(), settings.corpId()),
            sentIds,
            clock);
    this.looking =
        new Rounds(
            "wecom-results",
            settings.lookEvery(),
            () -> messages.ifPresent(one -> inbound.pass(one.look(), List.of())));
  }

  @Override
  public Optional<Provider> provider() {
    return messages.map(one -> one);
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(callbacks);
  }

  @Override
  public void start() {
    if (messages.isPresent()) {
      looking.start();
    }
  }

  @Override
  public void stop() {
    looking.stop();
  }
}
