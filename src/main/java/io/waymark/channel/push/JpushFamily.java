package io.waymark.channel.push;

import io.waymark.channel.Inbound;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Rounds;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 极光推送, when {@code waymark.channel.jpush.app-key} is set. */
@Component
class JpushFamily implements ProviderFamily {

  private final Optional<Jpush> push;
  private final Rounds looking;

  JpushFamily(JpushSettings settings, SentIds sentIds, Inbound inbound, Clock clock) {
    Secret secret = settings.masterSecret();
    this.push =
        settings.appKey().isEmpty() || secret == null
            ? Optional.empty()
            : Optional.of(new Jpush(settings, secret, sentIds, clock));
    this.looking =
        new Rounds(
            "jpush-results",
            settings.lookEvery(),
            () -> push.ifPresent(one -> inbound.pass(one.look(), List.of())));
  }

  @Override
  public Optional<Provider> provider() {
    return push.map(one -> one);
  }

  @Override
  public void start() {
    if (push.isPresent()) {
      looking.start();
    }
  }

  @Override
  public void stop() {
    looking.stop();
  }
}
