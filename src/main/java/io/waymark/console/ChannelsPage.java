package io.waymark.console;

import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderDescription;
import io.waymark.channel.ProviderTrial;
import io.waymark.channel.Providers;
import io.waymark.channel.simulator.Simulator;
import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.ChannelDeliveries;
import io.waymark.contact.ChannelDelivery;
import io.waymark.contact.Dispatcher;
import io.waymark.contact.Parked;
import io.waymark.contact.ParkedMessage;
import io.waymark.contact.lane.LaneSettings;
import io.waymark.contact.lane.LaneState;
import io.waymark.contact.lane.ProviderLimits;
import io.waymark.customer.Customers;
import io.waymark.platform.Channel;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * How the channels go: queues, rates, failures, breakers and receipts; the providers behind them
 * with what configures each, and a way to try one; messages that wait for a person.
 */
@ConsolePage
class ChannelsPage {

  private static final Duration RECENT = Duration.ofHours(1);

  private final Dispatcher dispatcher;
  private final ChannelDeliveries deliveries;
  private final Parked parked;
  private final Providers providers;
  private final ProviderTrial trial;
  private final LaneSettings limits;
  private final Customers customers;
  private final List<Simulator> simulators;
  private final Binder settings;
  private final Words words;
  private final Clock clock;

  ChannelsPage(
      Dispatcher dispatcher,
      ChannelDeliveries deliveries,
      Parked parked,
      Providers providers,
      ProviderTrial trial,
      LaneSettings limits,
      Customers customers,
      ObjectProvider<Simulator> simulators,
      Environment environment,
      Words words,
      Clock clock) {
    this.dispatcher = dispatcher;
    this.deliveries = deliveries;
    this.parked = parked;
    this.providers = providers;
    this.trial = trial;
    this.limits = limits;
    this.customers = customers;
    this.simulators = simulators.orderedStream().toList();
    this.settings = Binder.get(environment);
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/channels")
  String health(CurrentStaff staff, Model model) {
    Instant now = clock.instant();
    Map<Channel, ChannelDelivery> recent = deliveries.since(now.minus(RECENT));
    model.addAttribute(
        "lanes",
        dispatcher.states().stream()
            .map(state -> new Health(state, recent.get(state.channel())))
            .filter(Health::shown)
            .toList());
    model.addAttribute("now", now);
    model.addAttribute("parked", parked.count(staff.scope()));
    return "channels";
  }

  @GetMapping("/channels/providers")
  String providers(Model model) {
    model.addAttribute("providers", providers.describe().stream().map(this::configured).toList());
    model.addAttribute(
        "without",
        Stream.of(Channel.values())
            .filter(channel -> channel != Channel.IN_APP && channel != Channel.PHONE)
            .filter(channel -> providers.of(channel).isEmpty())
            .map(Channel::code)
            .toList());
    return "channel-providers";
  }

  private Configured configured(ProviderDescription provider) {
    return new Configured(
        provider,
        names(provider.settings()),
        limits.limits(provider.name(), provider.channel().code()),
        trial.recipients(provider.channel()),
        simulator(provider));
  }

  /** The simulator a provider talks to, where it talks to one of this node. */
  private @Nullable Peer simulator(ProviderDescription provider) {
    String target =
        provider.target().isEmpty()
            ? providers.fixedAddress(provider.channel()).orElse("")
            : provider.target();
    return simulators.stream()
        .filter(one -> one.provider().equals(provider.name()))
        .filter(one -> door(one.talks()).equals(door(URI.create(target))))
        .findFirst()
        .map(one -> new Peer(one.title(), one.address().toString(), one.ledger().size()))
        .orElse(null);
  }

  private static String door(URI address) {
    return address.getHost() + ":" + address.getPort();
  }

  /** Names of the properties that are set, never their values: secrets are among them. */
  private List<String> names(String prefix) {
    return prefix.isEmpty()
        ? List.of()
        : settings
            .bind(prefix, Bindable.mapOf(String.class, String.class))
            .map(Map::keySet)
            .map(names -> names.stream().sorted().toList())
            .orElse(List.of());
  }

  @PostMapping("/channels/providers/{name}/try")
  String attempt(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "") String text,
      CurrentStaff staff,
      RedirectAttributes next) {
    try {
      ProviderAnswer answer = trial.send(name, address, text.strip(), staff.username());
      next.addFlashAttribute("tried", name);
      next.addFlashAttribute("outcome", outcome(answer));
      next.addFlashAttribute("sentence", sentence(answer, words));
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return "redirect:/channels/providers";
  }

  static String outcome(ProviderAnswer answer) {
    return answer instanceof ProviderAnswer.Accepted
        ? "accepted"
        : answer instanceof ProviderAnswer.Rejected ? "rejected" : "unknown";
  }

  static String sentence(ProviderAnswer answer, Words words) {
    if (answer instanceof ProviderAnswer.Rejected no) {
      return words.of("channels.answer.rejected", no.code(), no.reason());
    }
    return answer instanceof ProviderAnswer.Unknown unknown
        ? words.of("channels.answer.unknown", unknown.reason())
        : words.of("channels.answer.accepted");
  }

  @GetMapping("/channels/parked")
  String parked(@RequestParam(defaultValue = "0") int page, CurrentStaff staff, Model model) {
    ListPage<ParkedMessage> found =
        ListPage.read(page, offset -> parked.page(staff.scope(), offset, ListPage.SIZE + 1));
    Map<Long, String> refs =
        customers.refsOf(found.rows().stream().map(ParkedMessage::customerId).distinct().toList());
    model.addAttribute(
        "page",
        found.with(
            found.rows().stream()
                .map(one -> new Line(one, refs.getOrDefault(one.customerId(), "")))
                .toList()));
    return "channel-parked";
  }

  @PostMapping("/channels/parked/{id}/retry")
  String retry(@PathVariable UUID id, CurrentStaff staff, RedirectAttributes next) {
    return decided(parked.retry(id, staff.scope(), staff.username()), "parked.retried", next);
  }

  @PostMapping("/channels/parked/{id}/end")
  String end(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String reason,
      CurrentStaff staff,
      RedirectAttributes next) {
    try {
      return decided(parked.end(id, staff.scope(), reason, staff.username()), "parked.ended", next);
    } catch (IllegalArgumentException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/channels/parked";
    }
  }

  private String decided(boolean done, String said, RedirectAttributes next) {
    next.addFlashAttribute(done ? "said" : "refused", done ? said : words.of("parked.gone"));
    return "redirect:/channels/parked";
  }

  /** A lane, and what became of its messages in the last hour; null when there were none. */
  public record Health(LaneState lane, @Nullable ChannelDelivery recent) {

    /** Whether there is anything to say: a provider, or messages. */
    public boolean shown() {
      return lane.provider() != null || recent != null || waiting() > 0;
    }

    /** Messages under way. */
    public long waiting() {
      LaneState.Queue queue = lane.queue();
      return queue.later() + queue.ready() + queue.sending() + queue.unknown() + queue.parked();
    }

    /** The worst thing there is to say: stopped, trying, failing, unknown or good. */
    public String word() {
      return switch (lane.breaker()) {
        case OPEN -> "stopped";
        case TRYING -> "trying";
        case CLOSED ->
            lane.failuresLastMinute() > 0
                ? "failing"
                : lane.queue().unknown() + lane.queue().parked() > 0 ? "unknown" : "good";
      };
    }

    /** How long the oldest due message has waited; null when none is due. */
    public @Nullable Long waitedSeconds(Instant now) {
      return seconds(lane.queue().oldestReady(), now);
    }

    /** For how long the longest missing receipt is out; null when none is. */
    public @Nullable Long receiptSeconds(Instant now) {
      return seconds(recent == null ? null : recent.oldestAwaiting(), now);
    }

    private static @Nullable Long seconds(@Nullable Instant since, Instant now) {
      return since == null ? null : Math.max(0, Duration.between(since, now).toSeconds());
    }
  }

  /**
   * A provider and what configures it.
   *
   * @param set names below its prefix that have a value; empty when a simulator stands in
   * @param recipients addresses it may be tried with
   * @param simulator whom it talks to instead of a real provider; null when nobody pretends
   */
  public record Configured(
      ProviderDescription provider,
      List<String> set,
      ProviderLimits limits,
      List<String> recipients,
      @Nullable Peer simulator) {}

  /**
   * Who only pretends to be a provider.
   *
   * @param ledger address of the page that lists what it received
   * @param received how many messages are listed there
   */
  public record Peer(String title, String ledger, int received) {}

  /** A message that waits for a person, and whose it is. */
  public record Line(ParkedMessage message, String customer) {}
}
