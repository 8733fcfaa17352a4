package io.waymark.segment.model;

import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Interest;
import io.waymark.segment.rule.Rule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tables {@code model_interest} and {@code model_dirty}: which facts a model reads, and the
 * customers whose facts changed since. A piece is worked off under the one lock of all models, so
 * that no answer found earlier is written after one found later.
 */
@Component
public class ModelFeed {

  private static final Logger log = LoggerFactory.getLogger(ModelFeed.class);
  private static final int PIECE = 2_000;

  private final JdbcClient jdbc;
  private final ObjectProvider<FollowedModel> models;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ModelFeed(
      JdbcClient jdbc,
      ObjectProvider<FollowedModel> models,
      TransactionTemplate transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.models = models;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Waits until no other piece of any model is being computed; until the transaction's end. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void alone() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('waymark.models'))")
        .query((row, number) -> "")
        .single();
  }

  /**
   * From now on the model hears of the facts these rules read, and of new customers.
   *
   * @param rules none when it is to hear of nothing any more
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void interested(String model, Collection<Rule> rules) {
    List<Interest> interests =
        rules.isEmpty()
            ? List.of()
            : Stream.concat(
                    Stream.of(new Interest("customer", "", false)),
                    rules.stream()
                        .flatMap(
                            rule -> Interest.of(rule, AudienceRules::none, tag -> null).stream()))
                .distinct()
                .toList();
    jdbc.sql(
            """
            with given as
              (select kind, name from unnest(:kinds::text[], :names::text[]) as g (kind, name)),
            gone as
              (delete from model_interest i
                where model = :model
                  and not exists (select from given g where (g.kind, g.name) = (i.kind, i.name)))
            insert into model_interest (kind, name, model)
            select distinct kind, name, :model from given
            on conflict do nothing
            """)
        .param("kinds", interests.stream().map(Interest::kind).toArray(String[]::new))
        .param("names", interests.stream().map(Interest::name).toArray(String[]::new))
        .param("model", model)
        .update();
  }

  /** Forgets who is noted: everybody is about to be computed. */
  @Transactional
  public void forget(String model) {
    jdbc.sql("delete from model_dirty where model = ?").param(model).update();
  }

  /**
   * Computes one piece of the customers that are noted for the model that waits longest.
   *
   * @return whether there may be more at once
   */
  public boolean follow() {
    Optional<String> waiting =
        jdbc.sql("select model from model_dirty order by id limit 1")
            .query(String.class)
            .optional();
    waiting.ifPresent(this::follow);
    return waiting.isPresent();
  }

  private void follow(String model) {
    try {
      transaction.executeWithoutResult(status -> piece(model));
    } catch (RuntimeException failure) {
      // A model that cannot be asked must not hold up the others; the night computes it anew.
      log.error("Model {} could not follow: {}", model, failure.getClass().getName());
      transaction.executeWithoutResult(status -> taken(model));
    }
  }

  private void piece(String model) {
    alone();
    Collection<Long> customers = taken(model);
    if (!customers.isEmpty()) {
      models.stream()
          .filter(one -> one.follows(model))
          .findFirst()
          .ifPresent(one -> one.follow(model, customers, clock.instant()));
    }
  }

  private Collection<Long> taken(String model) {
    return new TreeSet<>(
        jdbc.sql(
                """
                delete from model_dirty
                 where id = any(array(
                   select id from model_dirty where model = ? order by id limit ?
                      for update skip locked))
                returning customer_id
                """)
            .params(model, PIECE)
            .query((row, number) -> Objects.requireNonNull(row.getObject(1, Long.class)))
            .list());
  }
}
