package io.waymark.segment.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * RFM against a second computation that shares nothing with the first: on a made-up log always, and
 * on a public purchase log (CDNOW: customer, yyyymmdd, units, dollars) when {@code -Dwaymark.cdnow}
 * names the file; it is not ours to hand on.
 */
@DatabaseSlice({
  "io.waymark.segment",
  "io.waymark.suitability",
  "io.waymark.customer",
  "io.waymark.product"
})
class RfmScoresTest {

  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired RfmScores rfm;
  @Autowired Customers customers;
  @Autowired CustomerTags tags;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;

  private final String mark = "RFM" + NUMBER.incrementAndGet();
  private final RfmSettings settings =
      new RfmSettings(3_650, 5, List.of("rfmtest.bought" + NUMBER.get()), "amount");

  private record Purchase(String customer, LocalDate day, BigDecimal amount) {}

  /** What the second computation finds of one customer. */
  private record Figures(int days, long purchases, BigDecimal paid) {}

  @BeforeEach
  void house() {
    branches.saveAll(List.of(new Branch("RFM", "价值测试营业部")));
  }

  @Test
  void scores_are_those_of_a_second_computation() {
    agrees(madeUp(new Random(20261122), 700), LocalDate.of(2026, 3, 31));
  }

  @Test
  void scores_of_the_public_log_are_those_of_a_second_computation() throws IOException {
    String file = System.getProperty("waymark.cdnow");
    assumeTrue(file != null, "no public log given");
    List<Purchase> log = read(Path.of(file));
    agrees(log, log.stream().map(Purchase::day).max(LocalDate::compareTo).orElseThrow());
  }

  @Test
  void equal_customers_score_equally_and_one_purchase_is_never_above_the_lowest_group() {
    LocalDate day = LocalDate.of(2026, 1, 5);
    List<Purchase> log = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      log.add(new Purchase(mark + "-" + i, day, new BigDecimal("10")));
    }
    log.add(new Purchase(mark + "-20", day, new BigDecimal("10")));
    log.add(new Purchase(mark + "-20", day, new BigDecimal("10")));

    Map<String, Long> ids = load(log);
    rfm.compute(settings, "test", end(day));

    Map<Long, String> codes = codes(ids.values());
    assertThat(codes.get(ids.get(mark + "-20"))).isEqualTo("155");
    codes.remove(ids.get(mark + "-20"));
    assertThat(codes.values()).hasSize(20).containsOnly("111");
  }

  @Test
  void tags_follow_the_scores_and_go_when_nothing_was_bought_any_more() {
    LocalDate day = LocalDate.of(2026, 1, 5);
    Map<String, Long> ids =
        load(
            List.of(
                new Purchase(mark + "-a", day, new BigDecimal("1")),
                new Purchase(mark + "-b", day, new BigDecimal("9"))));
    long a = ids.get(mark + "-a");
    long b = ids.get(mark + "-b");
    rfm.compute(settings, "test", end(day));
    // A run that was cut off here is made up for by the next.
    rfm.compute(settings, "test", end(day).plusSeconds(1));
    rfm.writeTags(end(day).plusSeconds(1));
    assertThat(tags.of(List.of(a, b), List.of()).get(a)).isEmpty();
    assertThat(stored(a)).isEqualTo("111");
    assertThat(stored(b)).isEqualTo("113");

    jdbc.sql("delete from customer_event where customer_id = ?").param(b).update();
    rfm.compute(settings, "test", end(day).plusSeconds(2));
    rfm.writeTags(end(day).plusSeconds(2));

    assertThat(stored(a)).isEqualTo("111");
    assertThat(stored(b)).isNull();
    assertThat(rfm.of(List.of(b))).isEmpty();
  }

  private String stored(long customer) {
    return jdbc.sql("select value from customer_tag where customer_id = ? and tag = 'rfm'")
        .param(customer)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private void agrees(List<Purchase> log, LocalDate last) {
    Map<String, Long> ids = load(log);
    int scored = rfm.compute(settings, "test", end(last));

    Map<String, Figures> figures = figures(log, last);
    assertThat(scored).isEqualTo(figures.size());
    Map<Long, RfmScore> scores = new HashMap<>();
    rfm.of(ids.values()).forEach(score -> scores.put(score.customerId(), score));
    Map<Integer, Integer> r = groups(figures.values(), one -> BigDecimal.valueOf(-one.days()));
    Map<Integer, Integer> sizes = new HashMap<>();
    figures.forEach(
        (customer, one) -> {
          RfmScore score = scores.get(ids.get(customer));
          assertThat(score.recencyDays()).as(customer).isEqualTo(one.days());
          assertThat(score.frequency()).as(customer).isEqualTo(one.purchases());
          assertThat(score.monetary()).as(customer).isEqualByComparingTo(one.paid());
          sizes.merge(score.r(), 1, Integer::sum);
        });
    assertThat(sizes).isEqualTo(r);
    assertThat(sizes(scores.values(), RfmScore::f))
        .isEqualTo(groups(figures.values(), one -> BigDecimal.valueOf(one.purchases())));
    assertThat(sizes(scores.values(), RfmScore::m))
        .isEqualTo(groups(figures.values(), Figures::paid));
    System.out.printf(
        "RFM of %d customers, %d purchases: R %s F %s M %s%n",
        figures.size(),
        log.size(),
        sizes,
        sizes(scores.values(), RfmScore::f),
        sizes(scores.values(), RfmScore::m));
    figures.forEach(
        (customer, one) ->
            assertThat(scores.get(ids.get(customer)).m())
                .as(customer)
                .isEqualTo(
                    1 + (int) (worse(figures.values(), one, Figures::paid) * 5 / figures.size())));
  }

  /** Sizes of the fifths: whoever k others are strictly worse than is in fifth 1 + 5k/n. */
  private static Map<Integer, Integer> groups(
      Collection<Figures> all, Function<Figures, BigDecimal> figure) {
    List<BigDecimal> sorted = all.stream().map(figure).sorted().toList();
    Map<Integer, Integer> sizes = new HashMap<>();
    int first = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).compareTo(sorted.get(first)) != 0) {
        first = i;
      }
      sizes.merge(1 + first * 5 / sorted.size(), 1, Integer::sum);
    }
    return sizes;
  }

  private static long worse(
      Collection<Figures> all, Figures one, Function<Figures, BigDecimal> figure) {
    BigDecimal own = figure.apply(one);
    return all.stream().filter(other -> figure.apply(other).compareTo(own) < 0).count();
  }

  private static Map<Integer, Integer> sizes(
      Collection<RfmScore> scores, Function<RfmScore, Integer> letter) {
    return scores.stream().collect(Collectors.toMap(letter, one -> 1, Integer::sum));
  }

  private static Map<String, Figures> figures(List<Purchase> log, LocalDate last) {
    Map<String, Figures> figures = new HashMap<>();
    for (Purchase one : log) {
      int days = (int) ChronoUnit.DAYS.between(one.day(), last);
      figures.merge(
          one.customer(),
          new Figures(days, 1, one.amount()),
          (known, next) ->
              new Figures(
                  Math.min(known.days(), next.days()),
                  known.purchases() + 1,
                  known.paid().add(next.paid())));
    }
    return figures;
  }

  /** Half of them buy once, few often; many equal figures. */
  private List<Purchase> madeUp(Random random, int people) {
    List<Purchase> log = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      LocalDate day = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(90));
      do {
        log.add(
            new Purchase(
                mark + "-" + i, day, BigDecimal.valueOf(500L * (1 + random.nextInt(8)), 2)));
        day = day.plusDays(1 + random.nextInt(60));
      } while (random.nextBoolean() && day.getYear() < 2026);
    }
    return log;
  }

  private List<Purchase> read(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .map(
              part ->
                  new Purchase(
                      mark + "-" + part[0],
                      LocalDate.parse(part[1], DateTimeFormatter.BASIC_ISO_DATE),
                      new BigDecimal(part[3])))
          .toList();
    }
  }

  private Map<Long, String> codes(Collection<Long> ids) {
    return rfm.of(ids).stream().collect(Collectors.toMap(RfmScore::customerId, RfmScore::code));
  }

  private static Instant end(LocalDate day) {
    return day.atTime(23, 0).atZone(CHINA).toInstant();
  }

  private Map<String, Long> load(List<Purchase> log) {
    List<String> refs = log.stream().map(Purchase::customer).distinct().toList();
    Map<String, Long> ids = new HashMap<>();
    for (int from = 0; from < refs.size(); from += 1_000) {
      List<String> some = refs.subList(from, Math.min(from + 1_000, refs.size()));
      customers.importAll(some.stream().map(RfmScoresTest::customer).toList(), "test");
      ids.putAll(customers.idsOf(some));
    }
    jdbc.sql(
            """
            insert into customer_event
                   (seq, customer_id, branch, type, occurred_at, received_at, source, event_id,
                    properties)
            select nextval('customer_event_seq'), customer_id, 'RFM', :type, at, at, :type,
                   number::text, jsonb_build_object('amount', amount)
              from unnest(:customers::bigint[], :ats::timestamptz[], :amounts::numeric[])
                   with ordinality as g (customer_id, at, amount, number)
            """)
        .param("type", settings.events().get(0))
        .param("customers", Columns.longs(log, one -> ids.get(one.customer())))
        .param(
            "ats", Columns.instants(log, one -> one.day().atTime(10, 0).atZone(CHINA).toInstant()))
        .param("amounts", Columns.texts(log, one -> one.amount().toPlainString()))
        .update();
    return ids;
  }

  private static CustomerRecord customer(String ref) {
    return new CustomerRecord(
        ref,
        "测试客户",
        LocalDate.of(1980, 1, 1),
        "RFM",
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        Map.of(),
        Map.of());
  }
}
