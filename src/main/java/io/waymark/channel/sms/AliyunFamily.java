package io.waymark.channel.sms;

import io.waymark.channel.CallbackPass;
import io.waymark.channel.CallbackReader;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Secret;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 阿里云短信, when {@code waymark.channel.aliyun.access-key-id} is set. */
@Component
class AliyunFamily implements ProviderFamily {

  private final Optional<Provider> provider;
  private final CallbackReader callbacks;

  AliyunFamily(AliyunSettings settings, CallbackPass pass, Clock clock) {
    Secret secret = settings.accessKeySecret();
    this.provider =
        settings.accessKeyId().isEmpty() || secret == null
            ? Optional.empty()
            : Optional.of(new AliyunSms(settings, secret, clock));
    this.callbacks = new AliyunCallbacks(pass, clock);
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
