package io.waymark.suitability.investor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerLookup;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.GateFactsReader;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.DatabaseSlice;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From application over test to decision, and back by notice (适当性管理办法 art. 8, 11, 12). */
@DatabaseSlice({"io.waymark.customer", "io.waymark.product", "io.waymark.suitability"})
class InvestorClassesTest {

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final BranchScope ALL = BranchScope.everywhere();

  @Autowired InvestorClasses classes;
  @Autowired Customers customers;
  @Autowired CustomerLookup lookup;
  @Autowired GateFactsReader facts;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void people() {
    branches.saveAll(List.of(new Branch("IC01", "转化测试营业部")));
    staff.save(new StaffMember("ic.officer", "合规", Role.COMPLIANCE, "IC01", true, true), null);
    staff.save(new StaffMember("ic.tester", "合规", Role.COMPLIANCE, "IC01", true, true), null);
    staff.save(new StaffMember("ic.market", "营销", Role.MARKETER, "IC01", true, true), null);
  }

  @Test
  void who_applies_and_passes_the_test_becomes_professional_and_may_return_by_notice() {
    String ref = somebody();
    long id = classes.apply(ref, Route.ART11_PERSON, "档案-2026-001", "ic.tester", ALL);
    classes.recordTest(id, 85, true, "ic.tester", ALL);
    assertThat(classOf(ref)).isEqualTo(CustomerClass.ORDINARY);

    classes.decide(id, true, "", "ic.officer", ALL);
    assertThat(classOf(ref)).isEqualTo(CustomerClass.PROFESSIONAL);

    classes.apply(ref, Route.REVERT, "档案-2026-002", "api:core", ALL);
    assertThat(classOf(ref)).isEqualTo(CustomerClass.ORDINARY);
    assertThat(acts(ref))
        .containsExactly("applied", "test_passed", "approved", "applied", "reverted");
  }

  @Test
  void without_a_passed_test_article_eleven_is_not_approved_and_article_eight_is() {
    String ref = somebody();
    long id = classes.apply(ref, Route.ART11_PERSON, "档案", "ic.tester", ALL);
    refused("test", () -> classes.decide(id, true, "", "ic.officer", ALL));
    classes.recordTest(id, 40, false, "ic.tester", ALL);
    refused("test", () -> classes.decide(id, true, "", "ic.officer", ALL));
    refused("reason", () -> classes.decide(id, false, " ", "ic.officer", ALL));
    classes.decide(id, false, "测试未通过", "ic.officer", ALL);
    assertThat(classOf(ref)).isEqualTo(CustomerClass.ORDINARY);

    long second = classes.apply(ref, Route.ART8_PERSON, "档案", "ic.tester", ALL);
    classes.decide(second, true, "", "ic.officer", ALL);
    assertThat(classOf(ref)).isEqualTo(CustomerClass.PROFESSIONAL);
  }

  @Test
  void nobody_decides_what_he_applied_for_or_tested_and_only_an_officer_decides() {
    long own = classes.apply(somebody(), Route.ART8_PERSON, "档案", "ic.officer", ALL);
    refused("officer", () -> classes.decide(own, true, "", "IC.officer", ALL));
    refused("officer", () -> classes.decide(own, true, "", "ic.officer", ALL));
    refused("officer", () -> classes.decide(own, true, "", "ic.market", ALL));
    long tested = classes.apply(somebody(), Route.ART11_PERSON, "档案", "api:core", ALL);
    classes.recordTest(tested, 90, true, "ic.officer", ALL);
    refused("officer", () -> classes.decide(tested, true, "", "ic.officer", ALL));
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update class_application set status = 'approved', decided_at = applied_at, decided_by = 'IC.OFFICER' where id = ?")
                    .param(own)
                    .update())
        .hasMessageContaining("class_application_four_eyes");
  }

  @Test
  void one_application_at_a_time_and_none_without_need() {
    String ref = somebody();
    refused("route", () -> classes.apply(ref, Route.REVERT, "档案", "ic.tester", ALL));
    refused("materials", () -> classes.apply(ref, Route.ART8_PERSON, " ", "ic.tester", ALL));
    refused("customer", () -> classes.apply("no-such", Route.ART8_PERSON, "档案", "x", ALL));
    long id = classes.apply(ref, Route.ART8_PERSON, "档案", "ic.tester", ALL);
    refused("customer", () -> classes.apply(ref, Route.ART11_PERSON, "档案", "ic.tester", ALL));
    classes.decide(id, true, "", "ic.officer", ALL);
    refused("route", () -> classes.apply(ref, Route.ART8_PERSON, "档案", "ic.tester", ALL));
    refused("id", () -> classes.decide(id, false, "反悔", "ic.officer", ALL));
  }

  @Test
  void another_branch_neither_sees_nor_decides() {
    BranchScope elsewhere = BranchScope.of("nowhere");
    String ref = somebody();
    refused("customer", () -> classes.apply(ref, Route.ART8_PERSON, "档案", "ic.tester", elsewhere));
    long id = classes.apply(ref, Route.ART8_PERSON, "档案", "ic.tester", ALL);
    assertThat(classes.find(id, elsewhere)).isEmpty();
    refused("id", () -> classes.decide(id, true, "", "ic.officer", elsewhere));
  }

  private static void refused(String field, Runnable act) {
    assertThatExceptionOfType(ApplicationRefusedException.class)
        .isThrownBy(act::run)
        .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
  }

  private String somebody() {
    String ref = "IC-%04d".formatted(NEXT.incrementAndGet());
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "转化测试",
                LocalDate.of(1980, 1, 1),
                "IC01",
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                Map.of())),
        "test");
    return ref;
  }

  private CustomerClass classOf(String ref) {
    return facts.read(List.of(id(ref))).get(id(ref)).customerClass();
  }

  private List<String> acts(String ref) {
    return jdbc.sql(
            """
            select facts::jsonb ->> 'act' from evidence
             where customer_id = ? and kind = 'class_application' order by id
            """)
        .param(id(ref))
        .query(String.class)
        .list();
  }

  private long id(String ref) {
    return lookup.find(List.of(ref)).get(ref).id();
  }
}
