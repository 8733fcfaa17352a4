package io.waymark.contact;

import io.waymark.channel.Provider;
import io.waymark.channel.Providers;
import io.waymark.compliance.recall.Recalls;
import io.waymark.compliance.watch.ContentPauses;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.Addresses;
import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.event.CustomerActivity;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.ExchangeCalendar;
import io.waymark.product.Product;
import io.waymark.product.Products;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what the gates look at for a whole batch; the number of statements does not grow with it.
 */
@Component
class FactsLoader {

  /** What a customer does when he has his telephone in his hand. */
  private static final List<String> LOOKED = List.of("message.opened", "message.clicked", "login");

  private final GateFactsReader customers;
  private final Templates templates;
  private final Products products;
  private final Suppressions suppressions;
  private final Reservations reservations;
  private final Addresses addresses;
  private final Providers providers;
  private final Recalls recalls;
  private final ContentPauses pauses;
  private final CustomerActivity activity;
  private final ExchangeCalendar calendar;
  private final ContactPolicies policies;

  FactsLoader(
      GateFactsReader customers,
      Templates templates,
      Products products,
      Suppressions suppressions,
      Reservations reservations,
      Addresses addresses,
      Providers providers,
      Recalls recalls,
      ContentPauses pauses,
      CustomerActivity activity,
      ExchangeCalendar calendar,
      ContactPolicies policies) {
    this.customers = customers;
    this.templates = templates;
    this.products = products;
    this.suppressions = suppressions;
    this.reservations = reservations;
    this.addresses = addresses;
    this.providers = providers;
    this.recalls = recalls;
    this.pauses = pauses;
    this.activity = activity;
    this.calendar = calendar;
    this.policies = policies;
  }

  /** Facts for looking only: what is counted may change before anybody acts on it. */
  BatchFacts look(Collection<ContactRequest> requests, Instant now) {
    return load(requests, now, Locking.NONE);
  }

  /**
   * Facts for acting: the counts hold until the transaction ends, because customers whose message
   * falls under a cap are locked, in ascending order.
   */
  BatchFacts lock(Collection<ContactRequest> requests, Instant now) {
    return load(requests, now, Locking.WAIT);
  }

  /** As {@link #lock}, for calls that an advisor is to make: nobody has to provide that channel. */
  BatchFacts lockForCalls(Collection<ContactRequest> requests, Instant now) {
    return load(requests, now, Locking.WAIT_FOR_CALLS);
  }

  /** As {@link #lock}, but customers locked by others are left out and named as busy. */
  BatchFacts tryLock(Collection<ContactRequest> requests, Instant now) {
    return load(requests, now, Locking.SKIP);
  }

  /** What was known at a past moment, as far as it is kept with its dates. */
  BatchFacts lookBack(Collection<ContactRequest> requests, Instant then) {
    return load(requests, then, Locking.PAST);
  }

  private BatchFacts load(Collection<ContactRequest> wanted, Instant now, Locking locking) {
    Set<Long> ids = wanted.stream().map(ContactRequest::customerId).collect(Collectors.toSet());
    ContactPolicy policy = policies.at(now);
    // All the texts that may be chosen from are looked at, and their customers locked, at once.
    List<ContactRequest> requests = wanted.stream().flatMap(one -> texts(one, policy)).toList();
    Map<String, TemplateVersion> approved = approved(requests, now);
    Map<Long, GateFacts> known = customers.read(ids);
    Map<Long, LocalDays> days = days(known);
    SortedMap<Long, String> capped = capped(requests, approved, policy);
    Set<Long> busy = lock(capped, locking);
    capped.keySet().removeAll(busy);
    return new BatchFacts(
        known,
        approved,
        productsOf(requests),
        suppressed(ids, policy, now),
        capped.isEmpty()
            ? Map.of()
            : reservations.counted(
                capped.keySet(), now.minus(policy.longestWindow()), counting(locking), now),
        days,
        // A message that is due has waited for its hour; it does not wait for the next one.
        locking == Locking.SKIP ? Map.of() : usualHours(requests, approved, days, policy, now),
        addressesOf(requests, approved),
        marginService(requests, approved),
        openChannels(locking),
        recalls.standing(),
        pauses.templates(approved.values().stream().map(TemplateVersion::id).toList()),
        busy,
        policy);
  }

  private static Stream<ContactRequest> texts(ContactRequest request, ContactPolicy policy) {
    return Stream.concat(
        Stream.of(request),
        policy.fallbackOf(request.template()).stream()
            .flatMap(fallback -> fallback.then().stream())
            .map(request::in));
  }

  private Map<Long, LocalDays> days(Map<Long, GateFacts> known) {
    Map<Long, LocalDays> days = new HashMap<>();
    known.forEach(
        (id, customer) ->
            days.put(id, LocalDays.of(customer.tags().get(LocalDays.TAG), calendar::isWorkingDay)));
    return days;
  }

  private static Reservations.Counting counting(Locking locking) {
    return switch (locking) {
      case NONE, WAIT -> Reservations.Counting.TAKING_BACK;
      // A call takes no place away from a message that waits.
      case WAIT_FOR_CALLS, SKIP -> Reservations.Counting.ALL;
      case PAST -> Reservations.Counting.PAST;
    };
  }

  /** What people wrote down, and what follows from a complaint by itself. */
  private Map<Long, List<Suppression>> suppressed(
      Set<Long> ids, ContactPolicy policy, Instant now) {
    Map<Long, List<Suppression>> all = new HashMap<>(suppressions.active(ids, now));
    ContactPolicy.Complaints rule = policy.complaints();
    Duration lasts = Duration.ofDays(rule.days());
    activity
        .latest(ids, List.of(rule.received(), rule.closed()), now.minus(lasts), now)
        .forEach(
            (id, latest) -> {
              Instant received = latest.get(rule.received());
              Instant closed = latest.getOrDefault(rule.closed(), Instant.MIN);
              if (received != null && closed.isBefore(received)) {
                List<Suppression> own = new ArrayList<>(all.getOrDefault(id, List.of()));
                own.add(Suppression.complaint(id, received, received.plus(lasts)));
                all.put(id, own);
              }
            });
    return all;
  }

  /** At which hours those customers look whose message may wait for them. */
  private Map<Long, List<Integer>> usualHours(
      Collection<ContactRequest> requests,
      Map<String, TemplateVersion> approved,
      Map<Long, LocalDays> days,
      ContactPolicy policy,
      Instant now) {
    Map<Long, ZoneId> wanted = new HashMap<>();
    int longest = 0;
    for (ContactRequest request : requests) {
      TemplateVersion template = approved.get(request.template());
      LocalDays local = days.get(request.customerId());
      ContactPolicy.SendTime rule =
          template == null
              ? null
              : policy
                  .sendTimeOn(template.metadata().channel(), template.metadata().purpose())
                  .orElse(null);
      if (rule != null && local != null) {
        wanted.put(request.customerId(), local.zone());
        longest = Math.max(longest, rule.days());
      }
    }
    return wanted.isEmpty()
        ? Map.of()
        : activity.byHour(wanted, LOOKED, now.minus(Duration.ofDays(longest)), now);
  }

  /** The texts asked for, and what stands in for those of them that are personalised. */
  private Map<String, TemplateVersion> approved(Collection<ContactRequest> requests, Instant now) {
    Map<String, TemplateVersion> approved =
        templates.approvedAll(
            requests.stream().map(ContactRequest::template).collect(Collectors.toSet()), now);
    Set<String> plain =
        approved.values().stream()
            .map(template -> template.metadata().personalUse().plainVariant())
            .filter(Objects::nonNull)
            .filter(code -> !approved.containsKey(code))
            .collect(Collectors.toSet());
    if (plain.isEmpty()) {
      return approved;
    }
    Map<String, TemplateVersion> all = new HashMap<>(approved);
    all.putAll(templates.approvedAll(plain, now));
    return all;
  }

  /** The customers whose message takes a place under a cap, with their branches. */
  private SortedMap<Long, String> capped(
      Collection<ContactRequest> requests,
      Map<String, TemplateVersion> approved,
      ContactPolicy policy) {
    SortedMap<Long, String> capped = new TreeMap<>();
    for (ContactRequest request : requests) {
      TemplateVersion template = approved.get(request.template());
      if (template != null
          && !policy
              .capsOn(
                  template.metadata().channel(), template.metadata().purpose(), request.priority())
              .isEmpty()) {
        capped.put(request.customerId(), request.branch());
      }
    }
    return capped;
  }

  private Set<Long> lock(SortedMap<Long, String> capped, Locking locking) {
    return switch (locking) {
      case NONE, PAST -> Set.of();
      case WAIT, WAIT_FOR_CALLS -> {
        reservations.lock(capped);
        yield Set.of();
      }
      case SKIP -> {
        Set<Long> busy = new HashSet<>(capped.keySet());
        busy.removeAll(reservations.tryLock(capped));
        yield busy;
      }
    };
  }

  private Map<String, Product> productsOf(Collection<ContactRequest> requests) {
    Set<String> codes =
        requests.stream()
            .map(ContactRequest::product)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return codes.isEmpty() ? Map.of() : products.findAll(codes);
  }

  /**
   * The service a margin text is about when its step names none. Of several the one of the highest
   * grade, so that the choice never lets through what another would not.
   */
  private @Nullable Product marginService(
      Collection<ContactRequest> requests, Map<String, TemplateVersion> approved) {
    boolean wanted =
        requests.stream()
            .filter(request -> request.product() == null)
            .map(request -> approved.get(request.template()))
            .anyMatch(
                template ->
                    template != null && template.metadata().purpose() == Purpose.MARGIN_MARKETING);
    return wanted
        ? products.byType("margin").stream()
            .filter(Product::onSale)
            .max(Comparator.comparing(Product::risk).thenComparing(Product::code))
            .orElse(null)
        : null;
  }

  private Map<Channel, Map<Long, String>> addressesOf(
      Collection<ContactRequest> requests, Map<String, TemplateVersion> approved) {
    Map<Channel, Set<Long>> wanted = new EnumMap<>(Channel.class);
    for (ContactRequest request : requests) {
      TemplateVersion template = approved.get(request.template());
      if (template != null) {
        wanted
            .computeIfAbsent(template.metadata().channel(), channel -> new HashSet<>())
            .add(request.customerId());
      }
    }
    Map<Channel, Map<Long, String>> found = new EnumMap<>(Channel.class);
    wanted.forEach((channel, ids) -> found.put(channel, addressesOn(channel, ids)));
    return found;
  }

  private Map<Long, String> addressesOn(Channel channel, Set<Long> ids) {
    return providers
        .fixedAddress(channel)
        .<Map<Long, String>>map(
            fixed -> {
              Map<Long, String> all = new HashMap<>();
              ids.forEach(id -> all.put(id, fixed));
              return all;
            })
        .orElseGet(() -> addresses.of(ids, channel));
  }

  /**
   * What advisors say on the telephone passes no provider: a check before their task asks whether
   * they may call, while a message to be sent on that channel has no way to leave.
   */
  private Set<Channel> openChannels(Locking locking) {
    Stream<Channel> spoken =
        locking == Locking.NONE || locking == Locking.WAIT_FOR_CALLS
            ? Stream.of(Channel.PHONE)
            : Stream.empty();
    return Stream.of(
            spoken, Stream.of(Channel.IN_APP), providers.all().stream().map(Provider::channel))
        .flatMap(open -> open)
        .collect(Collectors.toSet());
  }

  private enum Locking {
    NONE,
    PAST,
    WAIT,
    WAIT_FOR_CALLS,
    SKIP
  }
}
