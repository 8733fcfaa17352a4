package io.waymark.bench;

import io.waymark.platform.database.MonthPartitions;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An invented broker: so many customers with {@link #TAGS thirty tags} each and so many events over
 * 400 days, the same at every run with the same seed. Few customers are busy and many idle (the
 * busiest tenth has about two thirds of the events); assets are log-normal.
 *
 * <p>{@link #fill} writes it straight into the tables, past the doors of the product, for whoever
 * measures reading; {@link #customersCsv} and {@link #eventsNdjson} are the same world as files,
 * for whoever measures importing. Nothing is held in memory.
 */
public final class World {

  /** Days of history before {@link #until}. */
  public static final int DAYS = 400;

  /** The tags every customer has, in the order of the columns of {@link #customersCsv}. */
  public static final List<String> TAGS =
      List.of(
          "asset_total",
          "asset_avg_20d",
          "cash_balance",
          "trading_months",
          "experience",
          "tier",
          "lifecycle",
          "risk_level",
          "life_stage",
          "age_band",
          "gender",
          "city",
          "occupation",
          "open_channel",
          "preferred_channel",
          "open_date",
          "last_login",
          "login_days_30d",
          "trade_count_90d",
          "commission_year",
          "profit_rate_90d",
          "fund_count",
          "fund_value",
          "dca_plans",
          "is_margin",
          "is_option",
          "education_high_risk",
          "wecom_friend",
          "churn_score",
          "rfm");

  /** The types of events, from frequent to rare: 45, 30, 15, 8 and 2 of a hundred. */
  public static final List<String> TYPES =
      List.of("login", "page.viewed", "product.viewed", "trade", "fund.deducted");

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int BRANCHES = 20;
  private static final String[] CITIES = {"上海", "北京", "深圳", "杭州", "成都", "南京", "武汉", "西安"};
  private static final String[] JOBS = {"企业职员", "公务员", "教师", "医生", "个体经营", "退休", "学生", "工程师"};
  private static final String[] CHANNELS = {"app", "web", "branch", "bank", "referral"};
  private static final String[] STAGES = {"单身", "成家", "育儿", "空巢", "养老"};
  private static final String[] LIFECYCLE = {"aware", "acquired", "active", "retained", "revenue"};
  private static final String[] PAGES = {"home", "fund_home", "market", "margin_intro", "profile"};

  private final long seed;
  private final int customers;
  private final long events;
  private final Instant until;

  private World(long seed, int customers, long events, Instant until) {
    this.seed = seed;
    this.customers = customers;
    this.events = events;
    this.until = until;
  }

  /**
   * A world.
   *
   * @param until when its history ends, exclusive
   */
  public static World of(long seed, int customers, long events, Instant until) {
    return new World(seed, customers, events, until);
  }

  /** How many customers there are. */
  public int customers() {
    return customers;
  }

  /** How many events there are. */
  public long events() {
    return events;
  }

  /** The 客户号 of the n-th customer, from 0. */
  public String ref(int n) {
    return String.format(Locale.ROOT, "W%d-%07d", seed, n);
  }

  /** The branches its customers belong to. */
  public List<Branch> branches() {
    return IntStream.range(0, BRANCHES)
        .mapToObj(n -> new Branch(branch(n), "第 %d 营业部".formatted(n + 1)))
        .toList();
  }

  private static String branch(int n) {
    return "WB%02d".formatted(n % BRANCHES);
  }

  /** Makes the months of its history. */
  public void makeRoom(MonthPartitions partitions) {
    YearMonth first = YearMonth.from(start().atZone(ZONE));
    partitions.ensure("customer_event", first, DAYS / 30 + 3);
  }

  private Instant start() {
    return until.minus(Duration.ofDays(DAYS));
  }

  /** One customer's row of the file, without line end. */
  private String customer(long n) {
    SplittableRandom chance = new SplittableRandom(seed * 1_000_003 + n);
    StringBuilder row = new StringBuilder(360);
    row.append(ref((int) n)).append(",客").append((char) ('一' + n % 200)).append(',');
    row.append(birth(chance)).append(',').append(branch((int) n)).append(",普通,正常");
    for (String value : tags(n, chance)) {
      row.append(',').append(value);
    }
    return row.toString();
  }

  private static LocalDate birth(SplittableRandom chance) {
    return LocalDate.of(1945, 1, 1).plusDays(chance.nextInt(22_000));
  }

  /** The values of {@link #TAGS}, in that order; comma-free. */
  private String[] tags(long n, SplittableRandom chance) {
    double assets = Math.exp(10.5 + gauss(chance) * 1.8);
    int loginDays = chance.nextInt(100) < 40 ? 0 : chance.nextInt(30) + 1;
    boolean margin = assets > 500_000 && chance.nextInt(4) == 0;
    return new String[] {
      money(assets),
      money(assets * (0.8 + chance.nextDouble() * 0.4)),
      money(assets * chance.nextDouble() * chance.nextDouble()),
      Integer.toString(chance.nextInt(180)),
      chance.nextInt(100) < 65 ? "newbie" : "mature",
      assets > 10_000_000 ? "core" : assets > 1_000_000 ? "growth" : "mass",
      LIFECYCLE[chance.nextInt(LIFECYCLE.length)],
      "R" + (1 + chance.nextInt(5)),
      STAGES[chance.nextInt(STAGES.length)],
      age(chance.nextInt(100)),
      chance.nextInt(2) == 0 ? "男" : "女",
      CITIES[chance.nextInt(chance.nextInt(CITIES.length) + 1)],
      JOBS[chance.nextInt(JOBS.length)],
      CHANNELS[chance.nextInt(chance.nextInt(CHANNELS.length) + 1)],
      CHANNELS[chance.nextInt(CHANNELS.length)],
      LocalDate.of(2008, 1, 1).plusDays(chance.nextInt(6_700)).toString(),
      LocalDate.ofInstant(until, ZONE).minusDays(loginDays == 0 ? 31 + n % 300 : n % 30).toString(),
      Integer.toString(loginDays),
      Integer.toString(loginDays * chance.nextInt(4)),
      money(assets * 0.0004 * chance.nextDouble()),
      money(gauss(chance) * 12),
      Integer.toString(chance.nextInt(8)),
      money(assets * 0.3 * chance.nextDouble()),
      Integer.toString(Math.max(0, chance.nextInt(10) - 6)),
      Boolean.toString(margin),
      Boolean.toString(margin && chance.nextInt(3) == 0),
      Boolean.toString(chance.nextInt(10) < 2),
      Boolean.toString(chance.nextInt(10) < 4),
      String.format(Locale.ROOT, "%.3f", chance.nextDouble()),
      "" + (1 + chance.nextInt(5)) + (1 + chance.nextInt(5)) + (1 + chance.nextInt(5)),
    };
  }

  private static String age(int percentile) {
    return percentile < 20
        ? "18-29"
        : percentile < 55 ? "30-44" : percentile < 82 ? "45-59" : "60+";
  }

  private static double gauss(SplittableRandom chance) {
    return Math.sqrt(-2 * Math.log(1 - chance.nextDouble()))
        * Math.cos(2 * Math.PI * chance.nextDouble());
  }

  private static String money(double value) {
    long cents = Math.round(value * 100);
    String sign = cents < 0 ? "-" : "";
    long whole = Math.abs(cents);
    return sign + whole / 100 + (whole % 100 < 10 ? ".0" : ".") + whole % 100;
  }

  private record Happening(int customer, String type, Instant at, String properties) {}

  /** The k-th event: they lie in order of time, evenly over the days. */
  private Happening event(long k) {
    SplittableRandom chance = new SplittableRandom(seed * 7_368_787 + k);
    double skewed = Math.pow(chance.nextDouble(), 2.5);
    // Multiplied so that busy customers do not stand beside each other.
    int customer = (int) ((long) (skewed * customers) * 7_919L % customers);
    double share = (k + chance.nextDouble()) / events;
    Instant at = start().plusMillis((long) (share * Duration.ofDays(DAYS).toMillis()));
    int dice = chance.nextInt(100);
    if (dice < 45) {
      return new Happening(customer, "login", at, "{\"device\":\"app\"}");
    }
    if (dice < 75) {
      String page = PAGES[chance.nextInt(PAGES.length)];
      return new Happening(customer, "page.viewed", at, "{\"page\":\"" + page + "\"}");
    }
    String product = "P" + (1000 + chance.nextInt(300));
    if (dice < 90) {
      return new Happening(customer, "product.viewed", at, "{\"product\":\"" + product + "\"}");
    }
    String amount = money(Math.exp(7 + gauss(chance)));
    if (dice < 98) {
      String side = chance.nextInt(2) == 0 ? "buy" : "sell";
      return new Happening(
          customer,
          "trade",
          at,
          "{\"amount\":" + amount + ",\"side\":\"" + side + "\",\"product\":\"" + product + "\"}");
    }
    return new Happening(
        customer,
        "fund.deducted",
        at,
        "{\"amount\":" + amount + ",\"product\":\"" + product + "\"}");
  }

  /** The customers with their tags as the importer reads them. */
  public InputStream customersCsv() {
    String header =
        "ref,name,birthDate,branch,customerClass,legalStatus,tag." + String.join(",tag.", TAGS);
    return new GeneratedText(header + "\n", customers, this::customer);
  }

  /** The events as the importer reads them, one JSON object in a line. */
  public InputStream eventsNdjson() {
    return new GeneratedText(
        "",
        events,
        k -> {
          Happening one = event(k);
          return "{\"eventId\":\"w%d-%d\",\"customer\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"%s\",\"properties\":%s}"
              .formatted(seed, k, ref(one.customer()), one.type(), one.at(), one.properties());
        });
  }

  /**
   * Writes the world into the tables. Indexes other than primary keys of {@code customer_tag} and
   * {@code customer_event} are dropped for it and made anew.
   */
  public void fill(DataSource source, MonthPartitions partitions, Branches branchBook)
      throws Exception {
    branchBook.saveAll(branches());
    makeRoom(partitions);
    long first = reserve(source, "customer_id_seq", customers);
    long firstSeq = reserve(source, "customer_event_seq", events);
    String now = until.toString();
    copy(
        source,
        "customer (id, ref, branch, customer_class, legal_status, birth_date, name_sealed,"
            + " name_masked, created_at, updated_at)",
        customers,
        n ->
            (first + n)
                + "\t"
                + ref((int) n)
                + "\t"
                + branch((int) n)
                + "\tORDINARY\tNORMAL\t"
                + birth(new SplittableRandom(seed * 1_000_003 + n))
                + "\t\\\\x00\t客*\t"
                + now
                + "\t"
                + now);
    withoutIndexes(
        source,
        "customer_tag",
        () ->
            copy(
                source,
                "customer_tag (customer_id, branch, tag, value, number, as_of, updated_at,"
                    + " updated_by)",
                customers,
                n -> tagRows(first + n, n, now)));
    withoutIndexes(
        source,
        "customer_event",
        () ->
            copy(
                source,
                "customer_event (seq, customer_id, branch, type, occurred_at, received_at, source,"
                    + " event_id, properties)",
                events,
                k -> eventRow(firstSeq + k, first, k)));
    JdbcClient.create(source).sql("analyze customer, customer_tag, customer_event").update();
  }

  private String tagRows(long id, long n, String now) {
    SplittableRandom chance = new SplittableRandom(seed * 1_000_003 + n);
    birth(chance);
    String[] values = tags(n, chance);
    StringBuilder rows = new StringBuilder(2_400);
    for (int i = 0; i < values.length; i++) {
      boolean number = Character.isDigit(values[i].charAt(values[i].length() - 1)) && numeric(i);
      rows.append(i == 0 ? "" : "\n").append(id).append('\t').append(branch((int) n));
      rows.append('\t').append(TAGS.get(i)).append('\t').append(values[i]).append('\t');
      rows.append(number ? values[i] : "\\N").append('\t').append(now).append('\t').append(now);
      rows.append("\tworld");
    }
    return rows.toString();
  }

  /** Dates, bands and risk levels end in a digit and are no numbers. */
  private static boolean numeric(int i) {
    return switch (TAGS.get(i)) {
      case "open_date", "last_login", "age_band", "risk_level" -> false;
      default -> true;
    };
  }

  private String eventRow(long seq, long first, long k) {
    Happening one = event(k);
    return seq
        + "\t"
        + (first + one.customer())
        + "\t"
        + branch(one.customer())
        + "\t"
        + one.type()
        + "\t"
        + one.at()
        + "\t"
        + one.at()
        + "\tworld\tw"
        + seed
        + "-"
        + k
        + "\t"
        + one.properties();
  }

  private static long reserve(DataSource source, String sequence, long count) {
    JdbcClient jdbc = JdbcClient.create(source);
    long first = jdbc.sql("select nextval(?::regclass)").param(sequence).query(Long.class).single();
    jdbc.sql("select setval(?::regclass, ?)")
        .params(sequence, first + count)
        .query(Long.class)
        .single();
    return first;
  }

  /** Something that talks to the database. */
  private interface Work {
    void run() throws Exception;
  }

  private static void withoutIndexes(DataSource source, String table, Work work) throws Exception {
    JdbcClient jdbc = JdbcClient.create(source);
    List<String> definitions =
        jdbc.sql(
                """
                select pg_get_indexdef(i.indexrelid) from pg_index i
                 where i.indrelid = ?::regclass and not i.indisprimary and not i.indisunique
                """)
            .param(table)
            .query(String.class)
            .list();
    jdbc.sql(
            """
            select i.indexrelid::regclass::text from pg_index i
             where i.indrelid = ?::regclass and not i.indisprimary and not i.indisunique
            """)
        .param(table)
        .query(String.class)
        .list()
        .forEach(index -> jdbc.sql("drop index " + index).update());
    work.run();
    for (String definition : definitions) {
      jdbc.sql(definition.replace(" ON ONLY ", " ON ")).update();
    }
  }

  private static void copy(DataSource source, String target, long rows, LongFunction<String> line)
      throws Exception {
    try (Connection connection = source.getConnection();
        Statement role = connection.createStatement()) {
      // Triggers that feed live audiences would gather all rows of the one statement first.
      role.execute("set session_replication_role = replica");
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      copies.copyIn("copy " + target + " from stdin", new GeneratedText("", rows, line), 1 << 20);
      role.execute("set session_replication_role = origin");
    } catch (SQLException e) {
      throw new IllegalStateException("could not fill " + target, e);
    }
  }

  /** Lines made as they are read. */
  private static final class GeneratedText extends InputStream {

    private final long lines;
    private final LongFunction<String> line;
    private byte[] current;
    private int at;
    private long next;

    GeneratedText(String header, long lines, LongFunction<String> line) {
      this.current = header.getBytes(StandardCharsets.UTF_8);
      this.lines = lines;
      this.line = line;
    }

    private boolean more() {
      while (at == current.length) {
        if (next == lines) {
          return false;
        }
        current = (line.apply(next) + "\n").getBytes(StandardCharsets.UTF_8);
        next++;
        at = 0;
      }
      return true;
    }

    @Override
    public int read() {
      return more() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int copied = 0;
      while (copied < length && more()) {
        int some = Math.min(length - copied, current.length - at);
        System.arraycopy(current, at, target, offset + copied, some);
        at += some;
        copied += some;
      }
      return copied == 0 && length > 0 ? -1 : copied;
    }

    @Override
    public long transferTo(OutputStream out) {
      throw new UnsupportedOperationException("read it piece by piece");
    }
  }
}
