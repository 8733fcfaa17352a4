package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.rights.CustomerCopies;
import io.waymark.customer.rights.ErasureRefusedException;
import io.waymark.customer.rights.Erasures;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.testing.WaymarkTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Two officers, one customer: a copy, an erasure, a merge. */
@WaymarkTest
class RightsPageTest {

  @LocalServerPort int port;
  @Autowired StaffDirectory directory;
  @Autowired Branches branches;
  @Autowired PasswordEncoder encoder;
  @Autowired Customers customers;
  @Autowired GateFactsReader facts;
  @Autowired Erasures erasures;
  @Autowired CustomerCopies copies;
  @Autowired EvidenceLog evidence;
  @Autowired JdbcClient jdbc;

  Http first;
  Http second;
  String ref = "";
  String mobile = "";
  long id;

  @BeforeEach
  void officers_and_a_customer() {
    People people = new People(directory, branches, encoder);
    branches.saveAll(List.of(new Branch("SH01", "上海陆家嘴营业部")));
    first = signedIn(people);
    second = signedIn(people);
    mobile = "137%08d".formatted(System.nanoTime() % 100_000_000);
    ref = customer(Map.of("mobile", mobile));
    id = customers.idsOf(List.of(ref)).get(ref);
  }

  @Test
  void one_officer_asks_and_another_confirms_and_nobody_finds_the_person_any_more() {
    String page = location(post(first, "/rights/erasures", Map.of("ref", ref, "reason", "本人申请")));
    assertThat(first.get(page).body()).contains("须由另一位合规人员确认或驳回");

    post(first, page + "/confirm", Map.of());
    assertThat(customers.find(ref, BranchScope.everywhere()))
        .as("one person is not enough")
        .isPresent();

    post(second, page + "/confirm", Map.of());
    assertThat(customers.find(ref, BranchScope.everywhere())).isEmpty();
    assertThat(customers.find("mobile:" + mobile, BranchScope.everywhere())).isEmpty();
    assertThat(facts.read(List.of(id))).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from customer_identity where customer_id = ?")
                .param(id)
                .query(Long.class)
                .single())
        .isZero();
    assertThat(
            jdbc.sql("select wrapped_key is null from customer_key where customer_id = ?")
                .param(id)
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(evidence.ofCustomer(id).stream().map(EvidenceRow::kind))
        .contains(EvidenceKind.ERASURE_REQUESTED, EvidenceKind.CUSTOMER_ERASED);
    assertThat(second.get(page).body()).contains("删除证明", "仍然保存的记录");
    assertThat(
            customers.importAll(List.of(record(ref, Map.of("mobile", mobile))), "test").problems())
        .as("an import does not make the person anew")
        .hasSize(1);
  }

  @Test
  void an_erasure_is_decided_once_and_by_another_branch_never() {
    long request = erasures.request(ref, "本人申请", "one", BranchScope.everywhere());

    refused(() -> erasures.confirm(request, "one", BranchScope.everywhere()));
    refused(() -> erasures.confirm(request, "two", BranchScope.of("elsewhere")));
    refused(() -> erasures.request(ref, "再次申请", "one", BranchScope.everywhere()));
    erasures.decline(request, "two", BranchScope.everywhere());
    refused(() -> erasures.confirm(request, "two", BranchScope.everywhere()));
    assertThat(customers.find(ref, BranchScope.everywhere())).isPresent();
  }

  @Test
  void a_copy_holds_what_is_known_in_clear_and_is_evidence() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    copies.write(id, "SH01", "one", out);

    Map<String, String> files = unzip(out.toByteArray());
    assertThat(files.get("person.json")).contains(ref, "王小明", mobile);
    assertThat(files)
        .containsKeys("consents.json", "events.json", "messages.json", "journeys.json")
        .containsKeys("audiences.json", "message-texts.json");
    assertThat(evidence.ofCustomer(id).stream().map(EvidenceRow::kind))
        .contains(EvidenceKind.CUSTOMER_COPIED);
    assertThat(post(first, "/rights/copy", Map.of("ref", ref)).headers().firstValue("Content-Type"))
        .contains("application/zip");
    assertThat(location(post(first, "/rights/copy", Map.of("ref", "nobody")))).isEqualTo("/rights");
  }

  @Test
  void records_are_merged_and_parted_on_the_page() {
    ref = customer(Map.of("fund_account", "F" + UUID.randomUUID()));
    id = customers.idsOf(List.of(ref)).get(ref);
    String other = customer(Map.of());
    post(first, "/rights/merges", Map.of("ref", ref, "other", other, "reason", "柜面核实"));
    assertThat(customers.find(other, BranchScope.everywhere()).orElseThrow().ref()).isEqualTo(ref);
    assertThat(first.get("/rights").body()).contains(other, "撤销合并");

    Long merge =
        jdbc.sql("select max(id) from customer_merge where survivor_id = ?")
            .param(id)
            .query(Long.class)
            .single();
    post(second, "/rights/merges/" + merge + "/undo", Map.of("reason", "认错了人"));
    assertThat(customers.find(other, BranchScope.everywhere()).orElseThrow().ref())
        .isEqualTo(other);
  }

  @Test
  void a_correction_is_asked_for_by_one_and_confirmed_by_another_on_the_page() {
    post(
        first,
        "/rights/corrections",
        Map.of("ref", ref, "field", "birthDate", "value", "1987-01-31", "reason", "出示证件"));
    assertThat(first.get("/rights").body())
        .contains(ref, "1987-**-**")
        .doesNotContain("1987-01-31");
    Long request =
        jdbc.sql("select max(id) from customer_correction where customer_id = ?")
            .param(id)
            .query(Long.class)
            .single();
    post(first, "/rights/corrections/" + request + "/confirm", Map.of());
    assertThat(born()).as("one person is not enough").isEqualTo(LocalDate.of(1986, 5, 1));
    post(second, "/rights/corrections/" + request + "/confirm", Map.of());
    assertThat(born()).isEqualTo(LocalDate.of(1987, 1, 31));
    post(
        first,
        "/rights/corrections",
        Map.of("ref", ref, "field", "branch", "value", "BJ02", "reason", "出示证件"));
    assertThat(first.get("/rights").body()).contains("只能更正姓名、出生日期和标识");
  }

  @Test
  void erasing_a_person_takes_what_was_asked_to_be_corrected_and_what_links_him() {
    post(
        first,
        "/rights/corrections",
        Map.of("ref", ref, "field", "name", "value", "王晓明", "reason", "出示证件"));
    long request = erasures.request(ref, "本人申请", "one", BranchScope.everywhere());
    erasures.confirm(request, "two", BranchScope.everywhere());
    assertThat(
            jdbc.sql(
                    """
                    select length(value_sealed) || masked || reason from customer_correction
                     where customer_id = ?
                    """)
                .param(id)
                .query(String.class)
                .single())
        .isEqualTo("0******");
    assertThat(
            jdbc.sql("select person_hash is null and birth_date is null from customer where id = ?")
                .param(id)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private LocalDate born() {
    return customers.find(ref, BranchScope.everywhere()).orElseThrow().birthDate();
  }

  private static void refused(ThrowingCallable act) {
    assertThatThrownBy(act).isInstanceOf(ErasureRefusedException.class);
  }

  private Http signedIn(People people) {
    Http http = new Http(port);
    http.signIn(people.everywhere(Role.COMPLIANCE).username(), People.PASSWORD);
    return http;
  }

  private HttpResponse<String> post(Http http, String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put("_csrf", http.token("/rights"));
    return http.form(path, all);
  }

  private static String location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElse("")).getPath();
  }

  private String customer(Map<String, String> identities) {
    String fresh = "RI" + UUID.randomUUID().toString().substring(0, 8);
    assertThat(customers.importAll(List.of(record(fresh, identities)), "test").problems())
        .isEmpty();
    return fresh;
  }

  private static CustomerRecord record(String ref, Map<String, String> identities) {
    return new CustomerRecord(
        ref,
        "王小明",
        LocalDate.of(1986, 5, 1),
        "SH01",
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        identities,
        Map.of());
  }

  private static Map<String, String> unzip(byte[] bytes) throws IOException {
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
