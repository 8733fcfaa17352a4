package io.waymark.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which variant of an experiment a customer sees. The first answer is kept for ever, so that a
 * change of weights moves only customers who have none yet.
 */
@Component
public class Assignments {

  private static final long HOLDOUT_STEPS = 10_000;

  private final JdbcClient jdbc;
  private final Clock clock;

  public Assignments(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The customer's variant: the stored one, else one drawn by hash in proportion to the weights and
   * stored. Two transactions that ask at once get one answer: the second waits for the first.
   *
   * @param weights relative weight of each variant, from 0; one at least is positive
   * @throws IllegalArgumentException when no weight is positive or one is negative
   */
  @Transactional
  public String assign(
      String experiment, long customerId, String branch, SortedMap<String, Integer> weights) {
    String drawn = draw(experiment, customerId, weights);
    int written =
        jdbc.sql(
                """
                insert into experiment_assignment
                  (experiment, customer_id, branch, variant, weights, assigned_at)
                values (:experiment, :customer, :branch, :variant, :weights, :at)
                on conflict do nothing
                """)
            .param("experiment", experiment)
            .param("customer", customerId)
            .param("branch", branch)
            .param("variant", drawn)
            .param("weights", written(weights))
            .param("at", OffsetDateTime.now(clock))
            .update();
    if (written == 1) {
      return drawn;
    }
    return jdbc.sql(
            """
            select variant from experiment_assignment
            where experiment = :experiment and customer_id = :customer
            """)
        .param("experiment", experiment)
        .param("customer", customerId)
        .query(String.class)
        .single();
  }

  /**
   * Whether the customer belongs to the share of a journey that gets nothing, to measure what the
   * journey is worth. Needs no storage: raising the share only adds customers, lowering it only
   * releases some.
   *
   * @param percent share held out, 0 to 100
   */
  public boolean heldOut(String journeyKey, long customerId, int percent) {
    long step = Long.remainderUnsigned(hash("holdout", journeyKey, customerId), HOLDOUT_STEPS);
    return step < percent * (HOLDOUT_STEPS / 100);
  }

  static String draw(String experiment, long customerId, SortedMap<String, Integer> weights) {
    long total = 0;
    for (int weight : weights.values()) {
      if (weight < 0) {
        throw new IllegalArgumentException("实验“" + experiment + "”的分流比例不能为负数。");
      }
      total += weight;
    }
    if (total == 0) {
      throw new IllegalArgumentException("实验“" + experiment + "”没有任何大于 0 的分流比例。");
    }
    long ticket = Long.remainderUnsigned(hash("experiment", experiment, customerId), total);
    for (var variant : weights.entrySet()) {
      ticket -= variant.getValue();
      if (ticket < 0) {
        return variant.getKey();
      }
    }
    throw new AssertionError("the ticket is below the sum of the weights");
  }

  /**
   * SHA-256, because neighbouring customer ids must land far apart and experiments be independent.
   */
  private static long hash(String kind, String name, long customerId) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((kind + '\0' + name + '\0').getBytes(StandardCharsets.UTF_8));
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(customerId).flip());
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String written(SortedMap<String, Integer> weights) {
    return weights.entrySet().stream()
        .map(weight -> weight.getKey() + ":" + weight.getValue())
        .collect(Collectors.joining(","));
  }
}
