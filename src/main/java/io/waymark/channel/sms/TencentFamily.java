package io.waymark.channel.sms;

import io.waymark.channel.CallbackPass;
import io.waymark.channel.CallbackReader;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 腾讯云短信, when {@code waymark.channel.tencent.secret-id} is set. */
@Component
class TencentFamily implements ProviderFamily {

  private final Optional<Provider> provider;
  private final CallbackReader callbacks;

  TencentFamily(TencentSettings settings, CallbackPass pass, SentIds sentIds, Clock clock) {
    Secret secret = settings.secretKey();
    this.provider =
        settings.secretId().isEmpty() || secret == null
            ? Optional.empty()
            : Optional.of(new TencentSms(settings, secret, sentIds, clock));
    this.callbacks = new TencentCallbacks(pass, sentIds, clock);
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
