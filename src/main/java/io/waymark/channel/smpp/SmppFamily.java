package io.waymark.channel.smpp;

import io.waymark.channel.Inbound;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Rounds;
import io.waymark.channel.Secret;
import io.waymark.channel.SentIds;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * SMPP, when {@code waymark.channel.smpp.host} is set. The connection is kept bound even when
 * nothing is sent, because reports and replies come by it.
 */
@Component
class SmppFamily implements ProviderFamily {

  private static final Duration LOOKED_AFTER = Duration.ofSeconds(5);

  private final Optional<Provider> provider;
  private final @Nullable SmppLink link;
  private final Rounds keeping;

  SmppFamily(SmppSettings settings, SentIds sentIds, Inbound inbound, Clock clock) {
    Secret password = settings.password();
    if (settings.host().isEmpty() || password == null) {
      this.link = null;
      this.provider = Optional.empty();
      this.keeping = new Rounds("smpp", LOOKED_AFTER, () -> {});
    } else {
      SmppLink kept = new SmppLink(settings, password, new SmppReceiver(sentIds, inbound, clock));
      this.link = kept;
      this.provider = Optional.of(new SmppSms(settings, kept, sentIds));
      this.keeping = new Rounds("smpp", LOOKED_AFTER, kept::bound);
    }
  }

  @Override
  public Optional<Provider> provider() {
    return provider;
  }

  @Override
  public void start() {
    if (link != null) {
      keeping.start();
    }
  }

  @Override
  public void stop() {
    keeping.stop();
    if (link != null) {
      link.close();
    }
  }
}
