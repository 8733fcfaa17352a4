package io.waymark.channel;

import io.waymark.platform.Channel;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the providers from properties and simulators. */
final class ChannelSetup {

  private final List<Provider> providers = new ArrayList<>();
  private final Map<String, ReceiptSource> receiptSources = new HashMap<>();
  private final Map<Channel, String> fixedAddresses = new EnumMap<>(Channel.class);
  private final Map<String, CallbackReader> callbackReaders = new HashMap<>();
  private final Map<Channel, ProviderEndpoint> simulated = new EnumMap<>(Channel.class);
  private final Map<Channel, String> chosen;
  private final Clock clock;

  ChannelSetup(List<ProviderEndpoint> simulators, Map<Channel, String> chosen, Clock clock) {
    this.chosen = chosen;
    this.clock = clock;
    simulators.forEach(endpoint -> simulated.put(endpoint.channel(), endpoint));
  }

  Providers providers() {
    return new Providers(providers, chosen, fixedAddresses);
  }

  /** By provider name. */
  Map<String, CallbackReader> callbackReaders() {
    return callbackReaders;
  }

  /**
   * Families come first: where one serves a channel, no simulator stands in, unless another
   * provider than that one is chosen.
   */
  ChannelSetup add(List<ProviderFamily> families) {
    for (ProviderFamily family : families) {
      family
          .provider()
          .ifPresent(
              provider -> {
                add(provider, null);
                if (provider
                    .name()
                    .equals(chosen.getOrDefault(provider.channel(), provider.name()))) {
                  simulated.remove(provider.channel());
                }
                family
                    .callbacks()
                    .ifPresent(reader -> callbackReaders.put(provider.name(), reader));
              });
    }
    return this;
  }

  /** By provider name. */
  Map<String, ReceiptSource> receiptSources() {
    return receiptSources;
  }

  ChannelSetup add(SmsSettings settings) {
    ProviderEndpoint endpoint = settings.endpoint().orElse(simulated.get(Channel.SMS));
    if (endpoint != null) {
      add(
          new SmsHttpProvider(endpoint, settings.connectTimeout(), settings.readTimeout(), clock),
          endpoint.receiptSecret());
    }
    return this;
  }

  ChannelSetup add(SmtpSettings settings) {
    ProviderEndpoint configured = settings.endpoint().orElse(null);
    ProviderEndpoint simulator = simulated.get(Channel.EMAIL);
    if (configured != null) {
      add(new SmtpProvider(configured, settings, clock), configured.receiptSecret());
    } else if (simulator != null) {
      add(new SmtpProvider(simulator, settings.forSimulator(), clock), simulator.receiptSecret());
    }
    return this;
  }

  ChannelSetup add(WebhookSettings settings) {
    ProviderEndpoint simulator = simulated.get(Channel.WEBHOOK);
    Secret secret = settings.secret();
    URI target = settings.defaultTarget();
    List<URI> targets = new ArrayList<>(settings.allowedTargets());
    if (secret == null && simulator != null) {
      secret = simulator.secret();
      target = simulator.uri();
      targets.add(simulator.uri());
    }
    if (secret != null) {
      List<Network> networks = settings.allowedNetworks().stream().map(Network::parse).toList();
      TargetAllowList allowed = new TargetAllowList(targets, networks, InetAddress::getAllByName);
      add(
          new WebhookProvider(
              secret, allowed, settings.connectTimeout(), settings.readTimeout(), clock),
          settings.receiptSecret() == null ? secret : settings.receiptSecret());
    }
    if (secret != null && target != null) {
      fixedAddresses.put(Channel.WEBHOOK, target.toString());
    }
    return this;
  }

  private void add(Provider provider, @Nullable Secret receiptSecret) {
    providers.add(new RememberingProvider(provider, clock));
    if (receiptSecret != null) {
      receiptSources.put(provider.name(), new ReceiptSource(provider.channel(), receiptSecret));
    }
  }
}
