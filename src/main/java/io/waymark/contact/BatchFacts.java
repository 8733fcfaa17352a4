package io.waymark.contact;

import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.content.TemplateVersion;
import io.waymark.customer.ConsentState;
import io.waymark.customer.GateFacts;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.product.Product;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts of a batch, by what they belong to. What counts against the caps grows while the batch is
 * judged, so that two requests for one customer see each other.
 */
final class BatchFacts {

  /** Tag that names the channels a customer answers to, the best one first. */
  private static final String PREFERRED = "preferred_channel";

  /** For a customer of whom nothing is known; no gate lets him pass. */
  private static final LocalDays NOWHERE = new LocalDays(ExchangeCalendar.ZONE, day -> false);

  private final Map<Long, GateFacts> customers;
  private final Map<String, TemplateVersion> templates;
  private final Map<String, Product> products;
  private final Map<Long, List<Suppression>> suppressions;
  private final Map<Long, Map<UUID, ContactFacts.Counted>> counted;
  private final Map<Channel, Map<Long, String>> addresses;
  private final @Nullable Product marginService;
  private final Set<Channel> openChannels;
  private final StandingRecalls recalls;
  private final Map<Long, List<String>> paused;
  private final Set<Long> busy;
  private final ContactPolicy policy;
  private final Map<Long, LocalDays> days;
  private final Map<Long, List<Integer>> usualHours;

  BatchFacts(
      Map<Long, GateFacts> customers,
      Map<String, TemplateVersion> templates,
      Map<String, Product> products,
      Map<Long, List<Suppression>> suppressions,
      Map<Long, Map<UUID, ContactFacts.Counted>> counted,
      Map<Long, LocalDays> days,
      Map<Long, List<Integer>> usualHours,
      Map<Channel, Map<Long, String>> addresses,
      @Nullable Product marginService,
      Set<Channel> openChannels,
      StandingRecalls recalls,
      Map<Long, List<String>> paused,
      Set<Long> busy,
      ContactPolicy policy) {
    this.customers = customers;
    this.templates = templates;
    this.products = products;
    this.suppressions = suppressions;
    this.counted = new HashMap<>(counted);
    this.addresses = addresses;
    this.marginService = marginService;
    this.openChannels = openChannels;
    this.recalls = recalls;
    this.paused = paused;
    this.busy = busy;
    this.policy = policy;
    this.days = days;
    this.usualHours = usualHours;
  }

  /**
   * What is known for one request.
   *
   * @param own the message the question is about, which never counts against itself
   */
  ContactFacts of(ContactRequest request, UUID own) {
    TemplateVersion template = text(request);
    return new ContactFacts(
        customers.get(request.customerId()),
        template,
        product(request, template),
        suppressions.getOrDefault(request.customerId(), List.of()),
        counted.getOrDefault(request.customerId(), Map.of()).entrySet().stream()
            .filter(entry -> !entry.getKey().equals(own))
            .map(Map.Entry::getValue)
            .toList(),
        days.getOrDefault(request.customerId(), NOWHERE),
        usualHours.get(request.customerId()),
        template != null && address(template.metadata().channel(), request.customerId()) != null,
        template != null && openChannels.contains(template.metadata().channel()),
        recalls,
        template == null ? List.of() : paused.getOrDefault(template.id(), List.of()));
  }

  /**
   * The text asked for; for who refused personalisation the plain one it names, if that is approved
   * for the same channel and purpose (个人信息保护法 art. 24). Without one the gate withholds.
   */
  private @Nullable TemplateVersion text(ContactRequest request) {
    TemplateVersion template = templates.get(request.template());
    GateFacts customer = customers.get(request.customerId());
    if (template == null
        || customer == null
        || !template.metadata().personalUse().personalised()
        || !customer.consents().refusesAnywhere(Purpose.PERSONALISATION)) {
      return template;
    }
    String code = template.metadata().personalUse().plainVariant();
    TemplateVersion plain = code == null ? null : templates.get(code);
    return plain != null
            && plain.metadata().channel() == template.metadata().channel()
            && plain.metadata().purpose() == template.metadata().purpose()
        ? plain
        : template;
  }

  private @Nullable Product product(ContactRequest request, @Nullable TemplateVersion template) {
    String code = request.product();
    if (code != null) {
      return products.get(code);
    }
    boolean margin = template != null && template.metadata().purpose() == Purpose.MARGIN_MARKETING;
    return margin ? marginService : null;
  }

  /**
   * The texts one request may be said in, the customer's preferred channels first; empty when it
   * has only the one it names.
   */
  Optional<Course> course(ContactRequest request, UUID intent) {
    return policy.fallbackOf(request.template()).map(rule -> course(request, intent, rule));
  }

  private Course course(ContactRequest request, UUID intent, ContactPolicy.Fallback rule) {
    GateFacts customer = customers.get(request.customerId());
    String preferred = customer == null ? null : customer.tags().get(PREFERRED);
    List<String> liked =
        preferred == null
            ? List.of()
            : Arrays.asList(preferred.toLowerCase(Locale.ROOT).split("[,;，；\\s]+"));
    List<String> texts =
        Stream.concat(Stream.of(rule.template()), rule.then().stream())
            .sorted(Comparator.comparingInt(text -> rank(text, liked)))
            .toList();
    return new Course(
        intent,
        1,
        texts,
        rule.within(),
        rule.whenUnknown() == ContactPolicy.Fallback.WhenUnknown.NEXT);
  }

  private int rank(String text, List<String> liked) {
    TemplateVersion template = templates.get(text);
    int place = template == null ? -1 : liked.indexOf(template.metadata().channel().code());
    return place < 0 ? liked.size() : place;
  }

  /** The policy the whole batch is judged by. */
  ContactPolicy policy() {
    return policy;
  }

  /** Whether the customer agreed; unknown is no. */
  boolean agreed(long customerId, Purpose purpose, Channel channel, Instant now) {
    GateFacts customer = customers.get(customerId);
    return customer != null
        && customer.consents().state(purpose, channel, now) == ConsentState.GRANTED;
  }

  /** Whether somebody else is deciding about this customer right now. */
  boolean busy(long customerId) {
    return busy.contains(customerId);
  }

  /** What stands recalled, as the whole batch sees it. */
  StandingRecalls recalls() {
    return recalls;
  }

  @Nullable String address(Channel channel, long customerId) {
    return addresses.getOrDefault(channel, Map.of()).get(customerId);
  }

  /** From now on this message counts for the rest of the batch, and those it displaced do not. */
  void count(Judged judged, Instant at) {
    long customerId = judged.request().customerId();
    counted
        .computeIfAbsent(customerId, id -> new HashMap<>())
        .put(
            judged.messageId(),
            new ContactFacts.Counted(
                judged.channel(), judged.purpose(), at, judged.request().priority(), null));
    judged.decision().displaced().forEach(counted.getOrDefault(customerId, Map.of())::remove);
  }
}
