package io.waymark.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.People;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records that state the same identity become one person, a case for a person, or nothing. */
@DatabaseSlice("io.waymark.customer")
class IdentityLinksTest {

  private static final BranchScope ALL = BranchScope.everywhere();
  private static final LocalDate BORN = LocalDate.of(1986, 5, 1);

  @Autowired Customers customers;
  @Autowired IdentityLinks links;
  @Autowired IdentityCases cases;
  @Autowired CustomerMerges merges;
  @Autowired Branches branches;
  @Autowired EvidenceLog evidence;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired StatementCounter statements;

  @BeforeEach
  void branches() {
    People.open(branches);
    judge();
  }

  @Test
  void a_fund_account_alone_makes_two_records_one_and_says_why() {
    String account = "F" + People.ref();
    String visitor = People.ref();
    String customer = People.ref();
    take(visitor, "微信用户", null, Map.of("wechat", "wx" + visitor));
    take(customer, "张三", BORN, Map.of("fund_account", account));
    long absorbed = id(visitor);
    judge();
    assertThat(one(visitor, customer)).isFalse();

    take(visitor, "微信用户", null, Map.of("fund_account", account, "wechat", "wx" + visitor));
    judge();

    assertThat(one(visitor, customer)).isTrue();
    assertThat(evidence.ofCustomer(absorbed).stream().map(EvidenceRow::kind))
        .contains(EvidenceKind.CUSTOMERS_MERGED);
    assertThat(merges.page(ALL, 0, 50).stream().filter(one -> involves(one, visitor, customer)))
        .singleElement()
        .satisfies(
            merge -> {
              assertThat(merge.mergedBy()).isEqualTo("system");
              assertThat(merge.reason()).contains("身份识别规则");
            });
  }

  @Test
  void of_two_the_one_with_the_weightier_identity_survives_whichever_came_first() {
    for (boolean accountFirst : List.of(true, false)) {
      String wechat = "wx" + People.ref();
      String smaller = People.ref();
      String larger = People.ref();
      Runnable visitor = () -> take(smaller, "微信用户", null, Map.of("wechat", wechat));
      Runnable holder =
          () -> take(larger, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + larger));
      (accountFirst ? holder : visitor).run();
      (accountFirst ? visitor : holder).run();
      judge();
      assertThat(survivor(smaller)).as("account first: " + accountFirst).isEqualTo(larger);
    }
  }

  @Test
  void a_mobile_number_links_only_with_the_same_name_and_birth_date() {
    String mobile = People.mobile();
    String one = People.ref();
    String same = People.ref();
    String other = People.ref();
    take(one, "王 小明", BORN, Map.of("mobile", mobile));
    take(same, "王小明", BORN, Map.of("mobile", "+86" + mobile));
    take(other, "李雷", LocalDate.of(1990, 1, 1), Map.of("mobile", mobile));
    judge();

    assertThat(one(one, same)).isTrue();
    assertThat(one(one, other)).isFalse();
    assertThat(waiting(other)).allSatisfy(c -> assertThat(c.reasons()).contains("person_differs"));
    assertThat(waiting(other)).isNotEmpty();
  }

  @Test
  void an_unknown_birth_date_is_no_proof_of_one_person() {
    String mobile = People.mobile();
    String one = People.ref();
    String other = People.ref();
    take(one, "王小明", null, Map.of("mobile", mobile));
    take(other, "王小明", null, Map.of("mobile", mobile));
    judge();
    assertThat(one(one, other)).isFalse();
    assertThat(waiting(one))
        .singleElement()
        .satisfies(c -> assertThat(c.reasons()).containsExactly("person_unknown"));
  }

  @Test
  void a_device_or_a_landline_never_links_and_asks_nobody() {
    String one = People.ref();
    String other = People.ref();
    for (String ref : List.of(one, other)) {
      take(ref, "王小明", BORN, Map.of("device", "d" + one, "landline", "021" + digits(one)));
    }
    judge();
    assertThat(one(one, other)).isFalse();
    assertThat(waiting(one)).isEmpty();
  }

  @Test
  void two_fund_accounts_or_two_id_numbers_are_never_merged_silently() {
    String wechat = "wx" + People.ref();
    String one = People.ref();
    String other = People.ref();
    take(one, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + one));
    take(other, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + other));
    judge();
    judge();

    assertThat(one(one, other)).isFalse();
    IdentityCase waiting = waiting(one).get(0);
    assertThat(waiting(one)).hasSize(1);
    assertThat(waiting.type()).isEqualTo("wechat");
    assertThat(waiting.reasons()).containsExactly("more:fund_account");
    assertThat(evidence.ofCustomer(id(one)).stream().map(EvidenceRow::kind))
        .contains(EvidenceKind.IDENTITY_CASE);
  }

  @Test
  void different_birth_dates_and_other_branches_are_a_persons_decision() {
    String wechat = "wx" + People.ref();
    String one = People.ref();
    String other = People.ref();
    take(one, "张三", BORN, Map.of("wechat", wechat));
    customers.importAll(
        List.of(
            new CustomerRecord(
                other,
                "张三",
                BORN.plusDays(1),
                People.OTHER_BRANCH,
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of("wechat", wechat),
                Map.of())),
        "tester");
    judge();
    assertThat(waiting(one).get(0).reasons()).containsExactly("born", "other_branch");
    assertThat(cases.page(BranchScope.of(People.BRANCH), 0, 200))
        .noneMatch(c -> c.oneRef().equals(one) || c.otherRef().equals(one));
    long id = waiting(one).get(0).id();
    assertThatThrownBy(() -> cases.merge(id, "同一人", "officer", BranchScope.of(People.BRANCH)))
        .isInstanceOf(MergeRefusedException.class);
    assertThatThrownBy(() -> cases.merge(id, "同一人", "officer", ALL))
        .isInstanceOf(MergeRefusedException.class)
        .hasMessageContaining("出生日期");
  }

  @Test
  void a_person_decides_a_case_once_and_the_rules_do_not_ask_again() {
    String wechat = "wx" + People.ref();
    String one = People.ref();
    String other = People.ref();
    take(one, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + one));
    take(other, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + other));
    judge();
    long id = waiting(one).get(0).id();
    assertThatThrownBy(() -> cases.keepApart(id, " ", "officer", ALL))
        .isInstanceOf(MergeRefusedException.class);
    cases.keepApart(id, "是夫妻共用微信", "officer", ALL);
    assertThatThrownBy(() -> cases.keepApart(id, "再来", "officer", ALL))
        .isInstanceOf(MergeRefusedException.class);

    take(other, "张三", BORN, Map.of("wechat", wechat));
    take(other, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + other));
    judge();
    assertThat(waiting(one)).isEmpty();
    assertThat(one(one, other)).isFalse();
  }

  @Test
  void a_case_decided_as_one_person_merges_and_can_be_undone_for_good() {
    String wechat = "wx" + People.ref();
    String one = People.ref();
    String other = People.ref();
    take(one, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + one));
    take(other, "张三", BORN, Map.of("wechat", wechat, "fund_account", "F" + other));
    judge();
    long id = waiting(one).get(0).id();
    CustomerMerge merge = cases.merge(id, "柜面核实", "officer", ALL);
    assertThat(one(one, other)).isTrue();
    assertThat(cases.find(id, ALL).orElseThrow().status()).isEqualTo("merged");

    merges.undo(merge.id(), "认错了人", "officer", ALL);
    take(one, "张三", BORN, Map.of("wechat", wechat));
    take(other, "张三", BORN, Map.of("wechat", wechat));
    judge();
    assertThat(one(one, other)).as("a person said they are two").isFalse();
    assertThat(waiting(one)).isEmpty();
    merges.merge(one, other, "还是同一人", "officer", ALL);
    assertThat(one(one, other)).as("and may say otherwise later").isTrue();
  }

  @Test
  void an_identity_taken_back_before_the_judge_looked_links_nobody() {
    String wechat = "wx" + People.ref();
    String one = People.ref();
    String other = People.ref();
    take(one, "张三", BORN, Map.of("wechat", wechat));
    take(other, "张三", BORN, Map.of("wechat", wechat));
    take(other, "张三", BORN, Map.of("wechat", "wx" + other));
    judge();
    assertThat(one(one, other)).isFalse();
    assertThat(waiting(one)).isEmpty();
  }

  @Test
  void a_number_not_stated_for_two_years_links_nobody() {
    String mobile = People.mobile();
    String one = People.ref();
    String other = People.ref();
    take(one, "王小明", BORN, Map.of("mobile", mobile));
    clock.advance(Duration.ofDays(731));
    take(other, "王小明", BORN, Map.of("mobile", mobile));
    judge();
    assertThat(one(one, other)).isFalse();
    assertThat(waiting(one)).isEmpty();
  }

  @Test
  void three_records_become_one_person_and_are_parted_in_reverse_order() {
    String a = People.ref();
    String b = People.ref();
    String c = People.ref();
    take(a, "张三", BORN, Map.of("wechat", "wx" + a));
    take(b, "张三", BORN, Map.of("wechat", "wx" + a, "wecom", "wc" + a));
    judge();
    take(c, "张三", BORN, Map.of("wecom", "wc" + a, "fund_account", "F" + c));
    judge();
    assertThat(List.of(survivor(a), survivor(b), survivor(c))).containsOnly(c);

    CustomerMerge inner = merge(a, b);
    CustomerMerge outer = merge(c, a);
    assertThatThrownBy(() -> merges.undo(inner.id(), "认错", "officer", ALL))
        .isInstanceOf(MergeRefusedException.class)
        .hasMessageContaining(c);
    merges.undo(outer.id(), "认错", "officer", ALL);
    assertThat(List.of(survivor(a), survivor(b), survivor(c))).containsExactly(a, a, c);
    merges.undo(inner.id(), "认错", "officer", ALL);
    assertThat(List.of(survivor(a), survivor(b), survivor(c))).containsExactly(a, b, c);
  }

  @Test
  void tags_are_as_they_were_whichever_of_several_merges_is_undone_first() {
    for (boolean firstFirst : List.of(true, false)) {
      String a = People.ref();
      String b = People.ref();
      String c = People.ref();
      tagged(a, Map.of());
      clock.advance(Duration.ofMinutes(1));
      tagged(b, Map.of("tier", "core"));
      clock.advance(Duration.ofMinutes(1));
      tagged(c, Map.of("tier", "growth"));
      CustomerMerge ab = merges.merge(a, b, "柜面", "officer", ALL);
      CustomerMerge ac = merges.merge(a, c, "柜面", "officer", ALL);
      assertThat(tier(a)).isEqualTo("growth");
      merges.undo((firstFirst ? ab : ac).id(), "认错", "officer", ALL);
      assertThat(tier(a)).isEqualTo(firstFirst ? "growth" : "core");
      merges.undo((firstFirst ? ac : ab).id(), "认错", "officer", ALL);
      assertThat(tier(a)).as("nothing was known of it itself").isNull();
      assertThat(tier(b)).isEqualTo("core");
      assertThat(tier(c)).isEqualTo("growth");
    }
  }

  @Test
  void the_same_rows_in_any_order_make_the_same_persons_with_the_same_survivors() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 12; round++) {
      List<Row> rows = rows(random);
      Map<Integer, Integer> expected = null;
      for (int order = 0; order < 3; order++) {
        String mark = "O" + People.ref() + "-";
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        for (List<Row> batch : split(shuffled, random)) {
          customers.importAll(batch.stream().map(row -> row.record(mark)).toList(), "tester");
          if (random.nextBoolean()) {
            judge();
          }
        }
        judge();
        Map<Integer, Integer> persons = new TreeMap<>();
        rows.forEach(
            row ->
                persons.put(
                    row.number(),
                    Integer.parseInt(survivor(row.ref(mark)).substring(mark.length()))));
        expected = expected == null ? persons : expected;
        assertThat(persons).as("round " + round + ", order " + order).isEqualTo(expected);
        customers.importAll(shuffled.stream().map(row -> row.record(mark)).toList(), "tester");
        assertThat(judge()).as("the same rows again change nothing").isZero();
      }
    }
  }

  @Test
  void whatever_is_stated_no_rule_gives_a_person_two_fund_accounts() {
    Random random = new Random(7);
    for (int round = 0; round < 10; round++) {
      String mark = "N" + People.ref() + "-";
      List<String> refs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        refs.add(mark + i);
        take(
            mark + i,
            "姓名" + random.nextInt(2),
            random.nextBoolean() ? BORN : null,
            Map.of(
                "fund_account", mark + "F" + random.nextInt(4),
                "wechat", mark + "W" + random.nextInt(4),
                "mobile",
                    "139%08d"
                        .formatted(Math.abs((mark + random.nextInt(3)).hashCode()) % 100_000_000)));
        if (random.nextBoolean()) {
          judge();
        }
      }
      judge();
      Map<String, Set<String>> accounts = new HashMap<>();
      for (String ref : refs) {
        accounts.computeIfAbsent(survivor(ref), any -> new TreeSet<>()).addAll(accountsOf(ref));
      }
      assertThat(accounts.values()).allSatisfy(of -> assertThat(of).hasSize(1));
    }
  }

  @Test
  void a_thousand_rows_note_their_links_by_one_statement() {
    List<CustomerRecord> first = new ArrayList<>();
    List<CustomerRecord> second = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String account = "F" + People.ref();
      first.add(People.somebody(People.ref(), Map.of("fund_account", account)));
      second.add(People.somebody(People.ref(), Map.of("fund_account", account)));
    }
    customers.importAll(first, "tester");
    List<String> executed = statements.during(() -> customers.importAll(second, "tester"));
    assertThat(executed).hasSizeLessThanOrEqualTo(16);
    assertThat(executed.stream().filter(sql -> sql.contains("identity_link"))).hasSize(1);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from identity_link l join customer c on c.id = l.one_id
                     where c.ref = any(?)
                    """)
                .param(first.stream().map(CustomerRecord::ref).toArray(String[]::new))
                .query(Long.class)
                .single())
        .isEqualTo(1000);
    jdbc.sql("delete from identity_link").update();
  }

  /** One of several records of one true person; which identities it states is a draw. */
  private record Row(int number, int person, Set<String> states) {

    String ref(String mark) {
      return mark + number;
    }

    CustomerRecord record(String mark) {
      Map<String, String> identities = new HashMap<>();
      for (String type : states) {
        identities.put(
            type,
            type.equals("mobile")
                ? "138%08d".formatted(Math.abs((mark + person).hashCode()) % 100_000_000)
                : mark + type + person);
      }
      return new CustomerRecord(
          ref(mark),
          "客户" + person,
          BORN.plusDays(person),
          People.BRANCH,
          null,
          CustomerClass.ORDINARY,
          LegalStatus.NORMAL,
          identities,
          Map.of());
    }
  }

  private static List<Row> rows(Random random) {
    return IntStream.range(0, 7)
        .mapToObj(
            i ->
                new Row(
                    i,
                    random.nextInt(2),
                    List.of("fund_account", "wechat", "wecom", "mobile").stream()
                        .filter(type -> random.nextInt(3) == 0)
                        .collect(Collectors.toSet())))
        .toList();
  }

  private static List<List<Row>> split(List<Row> rows, Random random) {
    int at = random.nextInt(rows.size() + 1);
    return List.of(rows.subList(0, at), rows.subList(at, rows.size())).stream()
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private int judge() {
    int judged = 0;
    for (int some = links.judgeDue(100); some > 0; some = links.judgeDue(100)) {
      judged += some;
    }
    return judged;
  }

  private void take(String ref, String name, @Nullable LocalDate born, Map<String, String> ids) {
    CustomerRecord record =
        new CustomerRecord(
            ref,
            name,
            born,
            People.BRANCH,
            null,
            CustomerClass.ORDINARY,
            LegalStatus.NORMAL,
            ids,
            Map.of());
    assertThat(customers.importAll(List.of(record), "tester").problems()).isEmpty();
  }

  private void tagged(String ref, Map<String, String> tags) {
    CustomerRecord base = People.tagged(tags);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                base.name(),
                base.birthDate(),
                base.branch(),
                null,
                base.customerClass(),
                base.legalStatus(),
                Map.of(),
                tags)),
        "tester");
  }

  private @Nullable String tier(String ref) {
    return jdbc.sql(
            """
            select value from customer_tag
             where tag = 'tier' and customer_id = (select id from customer where ref = ?)
            """)
        .param(ref)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private CustomerMerge merge(String survivor, String absorbed) {
    return merges.page(ALL, 0, 200).stream()
        .filter(one -> one.survivorRef().equals(survivor) && one.absorbedRef().equals(absorbed))
        .findFirst()
        .orElseThrow();
  }

  private List<IdentityCase> waiting(String ref) {
    return cases.page(ALL, 0, 1000).stream()
        .filter(c -> c.open() && (c.oneRef().equals(ref) || c.otherRef().equals(ref)))
        .toList();
  }

  private boolean one(String ref, String other) {
    return survivor(ref).equals(survivor(other));
  }

  private String survivor(String ref) {
    return customers.find(ref, ALL).orElseThrow().ref();
  }

  private long id(String ref) {
    return customers.idsOf(List.of(ref)).get(ref);
  }

  private List<String> accountsOf(String ref) {
    return jdbc.sql(
            """
            select encode(i.hash, 'hex') from customer_identity i join customer c on c.id = i.customer_id
             where c.ref = ? and i.type = 'fund_account'
            """)
        .param(ref)
        .query(String.class)
        .list();
  }

  private static boolean involves(CustomerMerge merge, String one, String other) {
    return Set.of(merge.survivorRef(), merge.absorbedRef()).equals(Set.of(one, other));
  }

  private static String digits(String ref) {
    return "%08d".formatted(Math.abs(ref.hashCode()) % 100_000_000);
  }
}
