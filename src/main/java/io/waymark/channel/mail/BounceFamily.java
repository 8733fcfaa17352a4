package io.waymark.channel.mail;

import io.waymark.channel.Inbound;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderFamily;
import io.waymark.channel.Rounds;
import io.waymark.channel.Secret;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The bounce mailbox, when {@code waymark.channel.bounces.host} is set. It sends nothing. */
@Component
class BounceFamily implements ProviderFamily {

  private final Optional<Rounds> looking;

  BounceFamily(BounceSettings settings, Inbound inbound, Clock clock) {
    Secret password = settings.password();
    this.looking =
        settings.host().isEmpty() || password == null
            ? Optional.empty()
            : Optional.of(
                new Rounds(
                    "bounces",
                    settings.lookEvery(),
                    new BounceMailbox(settings, password, inbound, clock)::look));
  }

  @Override
  public Optional<Provider> provider() {
    return Optional.empty();
  }

  @Override
  public void start() {
    looking.ifPresent(Rounds::start);
  }

  @Override
  public void stop() {
    looking.ifPresent(Rounds::stop);
  }
}
