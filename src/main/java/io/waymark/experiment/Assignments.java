package io.waymark.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
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
   * One customer to be given a variant.
   *
   * @param weights relative weight of each variant, from 0; one at least is positive
   */
  public record Wish(
      String experiment, long customerId, String branch, SortedMap<String, Integer> weights) {

    private String drawn() {
      return draw(experiment, customerId, weights);
    }
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
    return assign(List.of(new Wish(experiment, customerId, branch, weights))).get(0);
  }

  /**
   * The same for many, by two statements however many they are.
   *
   * @return the variants, in the order of the wishes
   */
  @Transactional
  public List<String> assign(List<Wish> wishes) {
    // In one order everywhere, so that two transactions never wait for each other crosswise.
    List<Wish> ordered =
        wishes.stream()
            .sorted(Comparator.comparing(Wish::experiment).thenComparing(Wish::customerId))
            .toList();
    insert(ordered);
    Map<List<Object>, String> stored = stored(ordered);
    return wishes.stream()
        .map(wish -> Objects.requireNonNull(stored.get(List.of(wish.experiment, wish.customerId))))
        .toList();
  }

  private void insert(List<Wish> wishes) {
    jdbc.sql(
            """
            insert into experiment_assignment
              (experiment, customer_id, branch, variant, weights, assigned_at)
            select experiment, customer_id, branch, variant, weights, :at
              from unnest(:experiments, :customers, :branches, :variants, :weights)
                     as w (experiment, customer_id, branch, variant, weights)
            on conflict do nothing
            """)
        .param("experiments", texts(wishes, Wish::experiment))
        .param("customers", wishes.stream().map(Wish::customerId).toArray(Long[]::new))
        .param("branches", texts(wishes, Wish::branch))
        .param("variants", texts(wishes, Wish::drawn))
        .param("weights", texts(wishes, wish -> written(wish.weights)))
        .param("at", OffsetDateTime.now(clock))
        .update();
  }

  private Map<List<Object>, String> stored(List<Wish> wishes) {
    Map<List<Object>, String> stored = new HashMap<>();
    jdbc.sql(
            """
            select a.experiment, a.customer_id, a.variant
              from unnest(:experiments, :customers) as w (experiment, customer_id)
              join experiment_assignment a using (experiment, customer_id)
            """)
        .param("experiments", texts(wishes, Wish::experiment))
        .param("customers", wishes.stream().map(Wish::customerId).toArray(Long[]::new))
        .query(
            row -> {
              stored.put(List.of(row.getString(1), row.getLong(2)), row.getString(3));
            });
    return stored;
  }

  private static String[] texts(List<Wish> wishes, Function<Wish, String> text) {
    return wishes.stream().map(text).toArray(String[]::new);
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

  /**
   * The customer's place in the ramp-up of one version of a journey, 0 to 9,999. Needs no storage:
   * a growing share lets in whoever stands below it, so whoever was in stays in. Other versions and
   * the share held out are drawn independently.
   */
  public int rampStep(String journeyKey, int version, long customerId) {
    return (int)
        Long.remainderUnsigned(hash("ramp", journeyKey + "/" + version, customerId), HOLDOUT_STEPS);
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
