package io.waymark.contact;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.Providers;
import io.waymark.channel.UnknownPolicy;
import io.waymark.platform.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;

/** Stands between the dispatcher and the real providers and can let the machine die in between. */
@TestComponent
class FailingProvider implements BeanPostProcessor {

  /** The machine stops here. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What happens around the next call. */
  interface Accident {
    ProviderAnswer during(Provider real, AddressedMessage message);
  }

  private static final Map<Channel, Accident> NEXT = new ConcurrentHashMap<>();

  static void next(Channel channel, Accident accident) {
    NEXT.put(channel, accident);
  }

  static final Map<Channel, Accident> ALWAYS = new ConcurrentHashMap<>();

  /** Around every call until {@link #behave}. */
  static void always(Channel channel, Accident accident) {
    ALWAYS.put(channel, accident);
  }

  static void behave(Channel channel) {
    ALWAYS.remove(channel);
  }

  /** The provider takes the message; then, before anything is written down, the machine stops. */
  static void crashAfterTheAnswer() {
    next(
        Channel.SMS,
        (real, message) -> {
          real.send(message);
          throw new Crash();
        });
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!(bean instanceof Providers providers)) {
      return bean;
    }
    List<Provider> wrapped = providers.all().stream().<Provider>map(FailingProvider::wrap).toList();
    return new Providers(
        wrapped,
        providers
            .fixedAddress(Channel.WEBHOOK)
            .map(address -> Map.of(Channel.WEBHOOK, address))
            .orElse(Map.of()));
  }

  private static Provider wrap(Provider real) {
    return new Provider() {
      @Override
      public Channel channel() {
        return real.channel();
      }

      @Override
      public String name() {
        return real.name();
      }

      @Override
      public ProviderAnswer send(AddressedMessage message) {
        Accident once = NEXT.remove(real.channel());
        Accident accident = once == null ? ALWAYS.get(real.channel()) : once;
        return accident == null ? real.send(message) : accident.during(real, message);
      }

      @Override
      public UnknownPolicy whenUnknown() {
        return real.whenUnknown();
      }

      @Override
      public Optional<ProviderAnswer> query(UUID messageId) {
        return real.query(messageId);
      }
    };
  }
}
