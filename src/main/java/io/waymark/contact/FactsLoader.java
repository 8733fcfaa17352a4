package io.waymark.contact;

import io.waymark.channel.Provider;
import io.waymark.channel.Providers;
import io.waymark.compliance.recall.Recalls;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.Addresses;
import io.waymark.customer.GateFacts;
import io.waymark.customer.GateFactsReader;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import io.waymark.product.Products;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
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

  private final GateFactsReader customers;
  private final Templates templates;
  private final Products products;
  private final Suppressions suppressions;
  private final Reservations reservations;
  private final Addresses addresses;
  private final Providers providers;
  private final Recalls recalls;
  private final ContactPolicy policy;

  FactsLoader(
      GateFactsReader customers,
      Templates templates,
      Products products,
      Suppressions suppressions,
      Reservations reservations,
      Addresses addresses,
      Providers providers,
      Recalls recalls,
      ContactPolicy policy) {
    this.customers = customers;
    this.templates = templates;
    this.products = products;
    this.suppressions = suppressions;
    this.reservations = reservations;
    this.addresses = addresses;
    this.providers = providers;
    this.recalls = recalls;
    this.policy = policy;
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

  /** As {@link #lock}, but customers locked by others are left out and named as busy. */
  BatchFacts tryLock(Collection<ContactRequest> requests, Instant now) {
    return load(requests, now, Locking.SKIP);
  }

  private BatchFacts load(Collection<ContactRequest> requests, Instant now, Locking locking) {
    Set<Long> ids = requests.stream().map(ContactRequest::customerId).collect(Collectors.toSet());
    Map<String, TemplateVersion> approved =
        templates.approvedAll(
            requests.stream().map(ContactRequest::template).collect(Collectors.toSet()), now);
    Map<Long, GateFacts> known = customers.read(ids);
    SortedMap<Long, String> capped = capped(requests, approved);
    Set<Long> busy = lock(capped, locking);
    capped.keySet().removeAll(busy);
    return new BatchFacts(
        known,
        approved,
        productsOf(requests),
        suppressions.active(ids, now),
        capped.isEmpty()
            ? Map.of()
            : reservations.counted(capped.keySet(), now.minus(policy.longestWindow())),
        addressesOf(requests, approved),
        marginService(requests, approved),
        openChannels(),
        recalls.standing(),
        busy);
  }

  /** The customers whose message takes a place under a cap, with their branches. */
  private SortedMap<Long, String> capped(
      Collection<ContactRequest> requests, Map<String, TemplateVersion> approved) {
    SortedMap<Long, String> capped = new TreeMap<>();
    for (ContactRequest request : requests) {
      TemplateVersion template = approved.get(request.template());
      if (template != null
          && !policy
              .capsOn(template.metadata().channel(), template.metadata().purpose())
              .isEmpty()) {
        capped.put(request.customerId(), request.branch());
      }
    }
    return capped;
  }

  private Set<Long> lock(SortedMap<Long, String> capped, Locking locking) {
    return switch (locking) {
      case NONE -> Set.of();
      case WAIT -> {
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

  private Set<Channel> openChannels() {
    return Stream.concat(Stream.of(Channel.IN_APP), providers.all().stream().map(Provider::channel))
        .collect(Collectors.toSet());
  }

  private enum Locking {
    NONE,
    WAIT,
    SKIP
  }
}
