package io.waymark.segment.cooling;

import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.EventWatcher;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.cooling.CoolingOffs.Meeting;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the rules of the policy when an event arrives that they look at, and of everybody every
 * night, because history that is loaded in bulk is shown to no watcher.
 */
@Component
class CoolingWatch implements EventWatcher {

  private final PolicyDocuments documents;
  private final CoolingPolicyKind kind;
  private final AudienceQuestions questions;
  private final CoolingOffs coolingOffs;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<CoolingPolicy, Set<String>> types = new ConcurrentHashMap<>();

  CoolingWatch(
      PolicyDocuments documents,
      CoolingPolicyKind kind,
      AudienceQuestions questions,
      CoolingOffs coolingOffs,
      JdbcClient jdbc,
      Clock clock) {
    this.documents = documents;
    this.kind = kind;
    this.questions = questions;
    this.coolingOffs = coolingOffs;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return types.computeIfAbsent(policy(clock.instant()).value(), CoolingPolicy::types);
  }

  @Override
  public void arrived(List<CustomerEvent> events) {
    Instant now = clock.instant();
    PolicyInForce<CoolingPolicy> policy = policy(now);
    Set<String> lifting = Set.copyOf(policy.value().liftedBy());
    Set<Long> released = new TreeSet<>();
    Set<Long> active = new TreeSet<>();
    for (CustomerEvent event : events) {
      (lifting.contains(event.type()) ? released : active).add(event.customerId());
    }
    if (!released.isEmpty()) {
      coolingOffs.lift(released, policy.value());
    }
    if (!active.isEmpty()) {
      coolingOffs.begin(meetings(policy.value(), now, List.copyOf(active)), policy, true);
    }
  }

  /** Looks at everybody. */
  @Transactional
  public void sweep() {
    Instant now = clock.instant();
    PolicyInForce<CoolingPolicy> policy = policy(now);
    coolingOffs.expireAll();
    coolingOffs.liftAll(policy.value());
    List<Meeting> meetings = new ArrayList<>();
    for (CoolingRule rule : policy.value().rules()) {
      Sql question =
          Sql.sql("select c.id ")
              .with(translation(now).members(AudienceRules.parse(rule.rule()), false));
      jdbc.sql(question.text())
          .params(question.values())
          .query(Long.class)
          .list()
          .forEach(id -> meetings.add(new Meeting(id, rule)));
    }
    coolingOffs.begin(meetings, policy, false);
  }

  private List<Meeting> meetings(CoolingPolicy policy, Instant now, Collection<Long> customerIds) {
    List<CoolingRule> rules = policy.rules();
    if (rules.isEmpty()) {
      return List.of();
    }
    RuleSql translation = translation(now);
    Sql question =
        Sql.sql("select c.id, ")
            .with(
                Sql.list(
                    rules.stream()
                        .map(rule -> translation.truth(AudienceRules.parse(rule.rule())))
                        .map(Sql::enclosed)
                        .toList()))
            .with(
                Sql.sql(
                    " from customer c where c.id = any(?)",
                    (Object) customerIds.toArray(Long[]::new)));
    List<Meeting> meetings = new ArrayList<>();
    jdbc.sql(question.text())
        .params(question.values())
        .query(
            row -> {
              for (int i = 0; i < rules.size(); i++) {
                if (row.getBoolean(i + 2)) {
                  meetings.add(new Meeting(row.getLong(1), rules.get(i)));
                }
              }
            });
    return meetings;
  }

  private RuleSql translation(Instant now) {
    return new RuleSql(questions.moment(now), AudienceRules::none);
  }

  private PolicyInForce<CoolingPolicy> policy(Instant now) {
    return documents.active(kind, now);
  }
}
