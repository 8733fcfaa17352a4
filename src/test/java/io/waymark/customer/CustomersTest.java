package io.waymark.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.RowProblem;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.ErasedException;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import io.waymark.testing.StatementCounter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice("io.waymark.customer")
class CustomersTest {

  @Autowired Customers customers;
  @Autowired CustomerNames names;
  @Autowired Addresses addresses;
  @Autowired CustomerVault vault;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;
  @Autowired StatementCounter statements;
  @Autowired MovableClock clock;

  @BeforeEach
  void branches() {
    People.open(branches);
  }

  @Test
  void a_customer_is_found_by_ref_and_by_every_identity_however_it_is_written() {
    String mobile = People.mobile();
    String email = People.ref() + "@Example.com";
    CustomerRecord record =
        People.somebody(People.ref(), Map.of("mobile", "+86 " + mobile, "email", email));
    assertThat(imported(record).accepted()).isEqualTo(1);

    long id = id(record.ref());
    assertThat(customers.idsOf(List.of("mobile:" + mobile, "email:" + email.toLowerCase(), "?")))
        .isEqualTo(Map.of("mobile:" + mobile, id, "email:" + email.toLowerCase(), id));
    assertThat(customers.refsOf(List.of(id))).isEqualTo(Map.of(id, record.ref()));
  }

  @Test
  void a_profile_shows_personal_data_only_masked() {
    String mobile = People.mobile();
    CustomerRecord record = People.somebody(People.ref(), Map.of("mobile", mobile));
    imported(record);
    CustomerProfile profile = found(record.ref());
    assertThat(profile.maskedName()).isEqualTo("张*");
    assertThat(profile.maskedIdentities())
        .isEqualTo(Map.of("mobile", mobile.substring(0, 3) + "****" + mobile.substring(7)));
  }

  @Test
  void names_and_identities_are_stored_sealed_and_opened_for_a_message() {
    String mobile = People.mobile();
    CustomerRecord record = People.somebody(People.ref(), Map.of("mobile", mobile));
    imported(record);
    long id = id(record.ref());

    String stored =
        jdbc.sql(
                """
                select encode(c.name_sealed, 'escape') || c::text || i::text
                  from customer c join customer_identity i on i.customer_id = c.id where c.id = ?
                """)
            .param(id)
            .query(String.class)
            .single();
    assertThat(stored).doesNotContain(mobile).doesNotContain("张三丰");
    assertThat(names.clear(id)).isEqualTo("张三丰");
    assertThat(addresses.of(List.of(id), Channel.SMS)).isEqualTo(Map.of(id, mobile));
    assertThat(addresses.of(List.of(id), Channel.EMAIL)).isEmpty();
    assertThat(addresses.of(List.of(id), Channel.IN_APP)).isEqualTo(Map.of(id, record.ref()));
  }

  @Test
  void an_import_replaces_the_profile_and_keeps_what_it_leaves_out() {
    String mobile = People.mobile();
    CustomerRecord first = People.somebody(People.ref(), Map.of("mobile", mobile));
    imported(first);
    long id = id(first.ref());
    imported(
        new CustomerRecord(
            first.ref(),
            "李四",
            null,
            People.OTHER_BRANCH,
            "advisor1",
            CustomerClass.PROFESSIONAL,
            LegalStatus.BLACKLISTED,
            Map.of("wecom", "w-" + first.ref()),
            Map.of("tier", "core")));

    CustomerProfile now = found(first.ref());
    assertThat(now.id()).isEqualTo(id);
    assertThat(now.maskedName()).isEqualTo("李*");
    assertThat(now.birthDate()).isNull();
    assertThat(now.branch()).isEqualTo(People.OTHER_BRANCH);
    assertThat(now.advisor()).isEqualTo("advisor1");
    assertThat(now.customerClass()).isEqualTo(CustomerClass.PROFESSIONAL);
    assertThat(now.legalStatus()).isEqualTo(LegalStatus.BLACKLISTED);
    assertThat(now.maskedIdentities()).containsKeys("mobile", "wecom");
    assertThat(now.tags()).isEqualTo(Map.of("tier", "core"));
    assertThat(names.clear(id)).isEqualTo("李四");
    assertThat(branchesOfIdentities(id)).containsOnly(People.OTHER_BRANCH);
  }

  @Test
  void an_unchanged_customer_is_not_written_again() {
    CustomerRecord record = People.somebody(People.ref(), Map.of("mobile", People.mobile()));
    imported(record);
    String before = version(record.ref());
    imported(record);
    assertThat(version(record.ref())).isEqualTo(before);
  }

  @Test
  void a_changed_mobile_number_frees_the_old_one() {
    String old = People.mobile();
    CustomerRecord record = People.somebody(People.ref(), Map.of("mobile", old));
    imported(record);
    imported(People.somebody(record.ref(), Map.of("mobile", People.mobile())));
    assertThat(customers.idsOf(List.of("mobile:" + old))).isEmpty();
    assertThat(imported(People.somebody(People.ref(), Map.of("mobile", old))).problems()).isEmpty();
  }

  @Test
  void each_bad_row_is_named_once_and_the_good_ones_are_kept() {
    String ref = People.ref();
    BatchReport report =
        customers.importAll(
            List.of(
                People.somebody(ref, Map.of()),
                People.somebody(" ", Map.of()),
                People.somebody("x".repeat(65), Map.of()),
                People.somebody("a b", Map.of()),
                changed("", People.BRANCH, null),
                changed("王五", "NOWHERE", null),
                changed("王五", People.BRANCH, LocalDate.of(2026, 11, 24)),
                changed("王五", People.BRANCH, LocalDate.of(1899, 12, 31)),
                People.somebody(People.ref(), Map.of("mobile", "12345")),
                People.somebody(People.ref(), Map.of("email", "nobody")),
                People.somebody(People.ref(), Map.of("fax", "1")),
                People.tagged(Map.of("Bad Tag", "1")),
                People.somebody(ref, Map.of()),
                changed("王\u0000五", People.BRANCH, null),
                changed("王五", People.BRANCH, LocalDate.of(2026, 11, 23))),
            "tester");
    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(2, "ref", "blank"),
            tuple(3, "ref", "too_long"),
            tuple(4, "ref", "malformed"),
            tuple(5, "name", "blank"),
            tuple(6, "branch", "unknown_branch"),
            tuple(7, "birthDate", "impossible"),
            tuple(8, "birthDate", "impossible"),
            tuple(9, "identity.mobile", "malformed"),
            tuple(10, "identity.email", "malformed"),
            tuple(11, "identity.fax", "unknown_word"),
            tuple(12, "tag.Bad Tag", "malformed"),
            tuple(13, "ref", "duplicate"),
            tuple(14, "row", "malformed"));
    assertThat(customers.idsOf(List.of(ref))).containsKey(ref);
  }

  @Test
  void an_identity_two_customers_state_stays_with_the_first_until_somebody_decides() {
    String mobile = People.mobile();
    CustomerRecord owner = People.somebody(People.ref(), Map.of("mobile", mobile));
    imported(owner);
    CustomerRecord other =
        People.somebody(
            People.ref(), Map.of("mobile", mobile.substring(0, 3) + " " + mobile.substring(3)));
    assertThat(imported(other).problems()).isEmpty();
    assertThat(customers.idsOf(List.of("mobile:" + mobile)))
        .isEqualTo(Map.of("mobile:" + mobile, id(owner.ref())));
    assertThat(customers.idsOf(List.of(other.ref()))).hasSize(1);
  }

  @Test
  void a_customer_has_several_of_a_type_and_is_written_to_at_the_first() {
    String first = People.mobile();
    String second = People.mobile();
    CustomerRecord record = People.somebody(People.ref(), Map.of("mobile", first + "；" + second));
    imported(record);
    long id = id(record.ref());
    assertThat(customers.idsOf(List.of("mobile:" + second)))
        .isEqualTo(Map.of("mobile:" + second, id));
    assertThat(addresses.of(List.of(id), Channel.SMS)).isEqualTo(Map.of(id, first));
    assertThat(found(record.ref()).maskedIdentities().get("mobile")).contains("、");

    imported(People.somebody(record.ref(), Map.of("mobile", second + ";" + first)));
    assertThat(addresses.of(List.of(id), Channel.SMS)).isEqualTo(Map.of(id, second));
    imported(People.somebody(record.ref(), Map.of("mobile", first)));
    assertThat(customers.idsOf(List.of("mobile:" + second))).isEmpty();
  }

  @Test
  void more_of_a_type_than_the_rules_allow_are_refused() {
    String account = People.ref();
    BatchReport report =
        imported(
            People.somebody(People.ref(), Map.of("fund_account", account + ";" + account + "x")));
    assertThat(report.problems())
        .extracting(RowProblem::field, RowProblem::code)
        .containsExactly(tuple("identity.fund_account", "too_many"));
  }

  @Test
  void a_device_two_customers_use_names_nobody_and_one_not_seen_for_long_neither() {
    String device = "device-" + People.ref();
    CustomerRecord owner = People.somebody(People.ref(), Map.of("device", device));
    imported(owner);
    assertThat(customers.idsOf(List.of("device:" + device))).hasSize(1);
    clock.advance(Duration.ofDays(181));
    assertThat(customers.idsOf(List.of("device:" + device))).isEmpty();
    imported(owner);
    assertThat(customers.idsOf(List.of("device:" + device))).hasSize(1);
    imported(People.somebody(People.ref(), Map.of("device", device)));
    assertThat(customers.idsOf(List.of("device:" + device))).isEmpty();
  }

  @Test
  void an_id_number_and_a_landline_are_checked_as_they_are_written() {
    assertThat(identityProblem("id_number", "11010519491231002X")).isNull();
    assertThat(identityProblem("id_number", "110105194912310021")).contains("校验码");
    assertThat(identityProblem("id_number", "1101051949123100")).contains("18 位");
    assertThat(identityProblem("landline", "021-5888 1234")).isNull();
    assertThat(identityProblem("landline", "58881234")).contains("区号");
    assertThat(IdentityType.ID_NUMBER.normalise("11010519491231002x"))
        .isEqualTo("11010519491231002X");
  }

  private static @Nullable String identityProblem(String type, String value) {
    IdentityType known = IdentityType.find(type).orElseThrow();
    return known.problem(known.normalise(value));
  }

  @Test
  void an_erased_customer_is_not_imported_again_and_does_not_spoil_the_batch() {
    CustomerRecord erased = People.somebody();
    imported(erased);
    long id = id(erased.ref());
    vault.destroyKey(id, "SH01", "test");
    BatchReport report = customers.importAll(List.of(erased, People.somebody()), "tester");
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::code)
        .containsExactly(tuple(1, "erased"));
    assertThat(names.clearAll(List.of(id))).isEmpty();
    assertThatThrownBy(() -> names.clear(id)).isInstanceOf(ErasedException.class);
  }

  @Test
  void a_scope_hides_the_customers_of_other_branches() {
    CustomerRecord record = People.somebody();
    imported(record);
    assertThat(customers.find(record.ref(), BranchScope.of(People.BRANCH))).isPresent();
    assertThat(customers.find(record.ref(), BranchScope.of(People.OTHER_BRANCH))).isEmpty();
    CustomerFilter byRef = filter(record.ref());
    assertThat(customers.page(byRef, BranchScope.of(People.BRANCH), 0, 10)).hasSize(1);
    assertThat(customers.page(byRef, BranchScope.of(People.OTHER_BRANCH), 0, 10)).isEmpty();
    assertThat(customers.count(byRef, BranchScope.of(People.OTHER_BRANCH))).isZero();
  }

  @Test
  void a_list_is_filtered_paged_and_counted() {
    String prefix = People.ref() + "_";
    List<CustomerRecord> records = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      records.add(People.somebody(prefix + i, Map.of()));
    }
    String mobile = People.mobile();
    records.add(People.somebody(prefix + 5, Map.of("mobile", mobile)));
    customers.importAll(records, "tester");
    BranchScope all = BranchScope.everywhere();

    assertThat(customers.count(filter(prefix), all)).isEqualTo(6);
    assertThat(customers.page(filter(prefix), all, 2, 2))
        .extracting(CustomerProfile::ref)
        .containsExactly(prefix + 2, prefix + 3);
    assertThat(customers.page(filter(mobile), all, 0, 10))
        .extracting(CustomerProfile::ref)
        .containsExactly(prefix + 5);
    assertThat(customers.page(filter("mobile:" + mobile), all, 0, 10)).hasSize(1);
    assertThat(customers.page(filter(prefix.replace('_', '%')), all, 0, 10)).isEmpty();
    assertThat(
            customers.count(
                new CustomerFilter(
                    prefix, null, null, CustomerClass.PROFESSIONAL, null, null, null),
                all))
        .isZero();
  }

  @Test
  void a_list_is_filtered_by_tag() {
    CustomerRecord core = People.tagged(Map.of("tier", "core"));
    imported(core);
    BranchScope all = BranchScope.everywhere();
    assertThat(customers.count(tagFilter(core.ref(), "tier", "core"), all)).isEqualTo(1);
    assertThat(customers.count(tagFilter(core.ref(), "tier", null), all)).isEqualTo(1);
    assertThat(customers.count(tagFilter(core.ref(), "tier", "mass"), all)).isZero();
    assertThat(customers.count(tagFilter(core.ref(), "asset_total", null), all)).isZero();
  }

  @Test
  void an_import_leaves_one_row_of_evidence_with_its_counts() {
    CustomerRecord known = People.somebody();
    imported(known);
    String actor = "importer-" + known.ref();
    customers.importAll(List.of(known, People.somebody(), People.somebody("", Map.of())), actor);
    assertThat(
            jdbc.sql("select kind || ' ' || facts from evidence where actor = ?")
                .param(actor)
                .query(String.class)
                .list())
        .containsExactly(
            "customer_imported {\"accepted\":2,\"created\":1,\"known\":1,\"refused\":1}");
  }

  @Test
  void a_thousand_rows_take_as_many_statements_as_two() {
    int few = statements.during(() -> customers.importAll(many(2), "tester")).size();
    int many = statements.during(() -> customers.importAll(many(1000), "tester")).size();
    assertThat(many).isEqualTo(few).isLessThanOrEqualTo(16);
  }

  @Test
  void a_csv_file_is_imported_with_problems_at_the_rows_of_the_file() throws Exception {
    String ref = People.ref();
    String csv =
        """
        ref,name,branch,customerClass,legalStatus,birthDate,identity.mobile,tag.tier
        %1$s,张三,%2$s,普通,正常,1990/1/31,%3$s,core
        %1$s-a,李四,%2$s,VIP,正常,,,
        %1$s-b,王五,NOWHERE,专业,正常,,,
        """
            .formatted(ref, People.BRANCH, People.mobile());
    CustomerFile file =
        CustomerCsv.read(new java.io.ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    BatchReport report = customers.importFile(file, "tester");
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.problems())
        .extracting(RowProblem::position, RowProblem::field, RowProblem::code)
        .containsExactly(
            tuple(2, "customerClass", "unknown_word"), tuple(3, "branch", "unknown_branch"));
    assertThat(found(ref).birthDate()).isEqualTo(LocalDate.of(1990, 1, 31));
    assertThat(found(ref).tags()).isEqualTo(Map.of("tier", "core"));
  }

  private List<CustomerRecord> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Map<String, String> identities = new HashMap<>();
              identities.put("mobile", People.mobile());
              return new CustomerRecord(
                  People.ref(),
                  "赵六",
                  null,
                  People.BRANCH,
                  null,
                  CustomerClass.ORDINARY,
                  LegalStatus.NORMAL,
                  identities,
                  Map.of("asset_total", "1000"));
            })
        .toList();
  }

  private static CustomerRecord changed(String name, String branch, @Nullable LocalDate birthDate) {
    return new CustomerRecord(
        People.ref(),
        name,
        birthDate,
        branch,
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        Map.of(),
        Map.of());
  }

  private static CustomerFilter filter(String text) {
    return new CustomerFilter(text, null, null, null, null, null, null);
  }

  private static CustomerFilter tagFilter(String text, String tag, @Nullable String value) {
    return new CustomerFilter(text, null, null, null, null, tag, value);
  }

  private BatchReport imported(CustomerRecord record) {
    return customers.importAll(List.of(record), "tester");
  }

  private CustomerProfile found(String ref) {
    return customers.find(ref, BranchScope.everywhere()).orElseThrow();
  }

  private long id(String ref) {
    return customers.idsOf(List.of(ref)).get(ref);
  }

  private List<String> branchesOfIdentities(long id) {
    return jdbc.sql("select branch from customer_identity where customer_id = ?")
        .param(id)
        .query(String.class)
        .list();
  }

  private String version(String ref) {
    return jdbc.sql(
            """
            select c.xmin || '/' || i.xmin
              from customer c join customer_identity i on i.customer_id = c.id where c.ref = ?
            """)
        .param(ref)
        .query(String.class)
        .single();
  }
}
