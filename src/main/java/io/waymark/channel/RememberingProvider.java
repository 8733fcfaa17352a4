package io.waymark.channel;

import io.waymark.platform.Channel;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A provider whose last answer can be shown to people. */
final class RememberingProvider implements Provider {

  private final Provider real;
  private final Clock clock;
  private volatile @Nullable LastAnswer last;

  RememberingProvider(Provider real, Clock clock) {
    this.real = real;
    this.clock = clock;
  }

  @Nullable LastAnswer last() {
    return last;
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    ProviderAnswer answer = real.send(message);
    last = LastAnswer.of(answer, clock.instant());
    return answer;
  }

  @Override
  public Channel channel() {
    return real.channel();
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return real.whenUnknown();
  }

  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return real.query(messageId);
  }

  @Override
  public Optional<ProviderAnswer> query(SentMessage message) {
    return real.query(message);
  }

  @Override
  public String target() {
    return real.target();
  }

  @Override
  public String settings() {
    return real.settings();
  }

  @Override
  public Optional<String> verification() {
    return real.verification();
  }
}
