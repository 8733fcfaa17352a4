package io.waymark.compliance.abuse;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.EventWatcher;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts openings that share a signal as they arrive, and opens a case when a rule is met: before
 * any journey has read the event, because hold and event commit together.
 */
@Component
class AbuseWatch implements EventWatcher {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final AbusePolicyKind kind;
  private final PolicyDocuments policies;
  private final Signals signals;
  private final AbuseCases cases;
  private final Clock clock;

  AbuseWatch(
      AbusePolicyKind kind,
      PolicyDocuments policies,
      Signals signals,
      AbuseCases cases,
      Clock clock) {
    this.kind = kind;
    this.policies = policies;
    this.signals = signals;
    this.cases = cases;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return inForce().value().events();
  }

  @Override
  public Set<String> concealed(String type) {
    return inForce().value().signals(type);
  }

  @Override
  public void arrived(List<CustomerEvent> events) {
    PolicyInForce<AbusePolicy> policy = inForce();
    List<Signal> fresh = new ArrayList<>();
    for (CustomerEvent event : events) {
      for (String signal : policy.value().signals(event.type())) {
        // Only what was concealed on its way in; anything else is no signal and must not be kept.
        if (event.properties().get(signal) instanceof String value
            && HASH.matcher(value).matches()) {
          fresh.add(signal(signal, value, event));
        }
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    TreeSet<Signal.Key> keys =
        fresh.stream().map(Signal::key).collect(Collectors.toCollection(TreeSet::new));
    signals.lock(keys);
    signals.append(fresh);
    Instant earliest = fresh.stream().map(Signal::at).min(Instant::compareTo).orElseThrow();
    Map<Signal.Key, List<Signal>> known =
        signals
            .since(keys, earliest.minus(Duration.ofHours(policy.value().longestHours())))
            .stream()
            .collect(Collectors.groupingBy(Signal::key, TreeMap::new, Collectors.toList()));
    known.forEach((key, shared) -> judge(key, shared, policy));
  }

  private void judge(Signal.Key key, List<Signal> shared, PolicyInForce<AbusePolicy> policy) {
    for (VelocityRule rule : policy.value().rules()) {
      if (rule.signal().equals(key.kind())) {
        List<Signal> counted = counted(rule, key, shared);
        Map<Long, String> customers = new LinkedHashMap<>();
        counted.forEach(one -> customers.put(one.customerId(), one.branch()));
        if (customers.size() >= rule.customers()
            && rule.regular(counted.stream().map(Signal::at).toList())) {
          cases.open(rule, key, customers, policy.version());
        }
      }
    }
  }

  /** Those within the rule's window up to the last one, each customer once, oldest first. */
  private List<Signal> counted(VelocityRule rule, Signal.Key key, List<Signal> shared) {
    Instant decided = cases.lastDecided(rule.code(), key);
    Instant last = shared.get(shared.size() - 1).at();
    Map<Long, Signal> first = new LinkedHashMap<>();
    shared.stream()
        .filter(one -> rule.events().contains(one.event()))
        .filter(one -> one.at().isAfter(last.minus(rule.window())))
        .filter(one -> one.at().isAfter(decided))
        .forEach(one -> first.putIfAbsent(one.customerId(), one));
    return List.copyOf(first.values());
  }

  private Signal signal(String kind, String value, CustomerEvent event) {
    return new Signal(
        kind,
        HexFormat.of().parseHex(value),
        event.customerId(),
        event.branch(),
        event.type(),
        event.occurredAt(),
        event.seq());
  }

  @Scheduled(fixedDelay = 86_400_000, initialDelay = 600_000)
  @Transactional
  void forget() {
    signals.purge(Duration.ofHours(inForce().value().longestHours()).plusDays(30));
  }

  private PolicyInForce<AbusePolicy> inForce() {
    return policies.active(kind, clock.instant());
  }
}
