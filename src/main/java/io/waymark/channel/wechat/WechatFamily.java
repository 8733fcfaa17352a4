package io.waymark.channel.wechat;

import io.waymark.channel.CallbackReader;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 微信公众号, when {@code waymark.channel.wechat.app-id} is set. */
@Component
class WechatFamily implements ProviderFamily {

  private final Optional<Provider> provider;
  private final CallbackReader callbacks;

  WechatFamily(WechatSettings settings, TokenRows rows, SentIds sentIds, Clock clock) {
    Secret secret = settings.appSecret();
    this.provider =
        settings.appId().isEmpty() || secret == null
            ? Optional.empty()
            : Optional.of(new WechatTemplateMessages(settings, secret, rows, sentIds, clock));
    Secret token = settings.callbackToken();
    Secret key = settings.callbackKey();
    this.callbacks =
        new WechatCallbacks(
            WechatTemplateMessages.NAME,
            Channel.WECHAT,
            token == null || key == null
                ? null
                : new WechatCrypt(token.clear(), key.clear(), settings.appId()),
            sentIds,
            clock);
  }

  @Override
  public Optional<Provider> provider() {
    return provider;
  }

  @Override
  public Optional<CallbackReader> callbacks() {
    return Optional.of(callbacks);
  }
}
