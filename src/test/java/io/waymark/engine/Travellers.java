package io.waymark.engine;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.Advisors;
import io.waymark.compliance.impact.ImpactAssessment;
import io.waymark.compliance.impact.ImpactAssessments;
import io.waymark.compliance.impact.ImpactDraft;
import io.waymark.content.TemplateFilter;
import io.waymark.content.TemplateFolder;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.engine.run.DraftRecorder;
import io.waymark.engine.run.EventDelivery;
import io.waymark.experiment.Assignments;
import io.waymark.journey.AudienceEntries;
import io.waymark.journey.EnrolmentRunner;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.product.Products;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A broker whose journeys and templates are approved, and customers who walk its journeys: real
 * imports, real events, the real gate; only the workers are called by hand.
 */
@TestComponent
public class Travellers {

  public static final String BRANCH = "TR01";
  static final String ADVISOR = "traveller-advisor";
  static final String LEADER = "traveller-leader";
  static final String IMPACT_OFFICER = "traveller-officer";
  static final String FUND = "TRF001";
  static final String MARGIN = "TRMARGIN";

  @Autowired Branches branches;
  @Autowired StaffDirectory staff;
  @Autowired Advisors advisors;
  @Autowired Products products;
  @Autowired TemplateFolder templateFolder;
  @Autowired Templates templates;
  @Autowired JourneyVersions versions;
  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired RiskAssessments assessments;
  @Autowired CustomerTags tags;
  @Autowired TagRegistry registry;
  @Autowired CustomerEvents events;
  @Autowired EventDelivery delivery;
  @Autowired EnrolmentRunner enrolments;
  @Autowired AudienceEntries audiences;
  @Autowired Participations participations;
  @Autowired NodeVisits visits;
  @Autowired JdbcClient jdbc;
  @Autowired AdvisorDesk desk;
  @Autowired RuntimeService runtime;
  @Autowired ManagementService management;
  @Autowired TaskService tasks;
  @Autowired MovableClock clock;
  @Autowired Assignments assignments;
  @Autowired FlowsTaken flows;
  @Autowired ProcessEngine engine;
  @Autowired ImpactAssessments impacts;

  private final List<Traveller> walkers = new ArrayList<>();
  private boolean open;

  /** Opens the broker once per test JVM. */
  synchronized void open() {
    if (open) {
      return;
    }
    branches.saveAll(List.of(new Branch(BRANCH, "旅行者营业部")));
    for (String advisor : List.of(ADVISOR, LEADER)) {
      staff.save(new StaffMember(advisor, advisor, Role.ADVISOR, BRANCH, false, true), null);
      advisors.save(
          new AdvisorProfile(
              advisor,
              BRANCH,
              Set.of("margin", "advisory"),
              LocalDate.of(2030, 1, 1),
              10_000,
              null,
              null,
              advisor.equals(LEADER)),
          "test");
    }
    must(products.upsertAll(List.of(fund(), margin()), "test"));
    templateFolder.load("author");
    for (TemplateVersion draft :
        templates.page(new TemplateFilter(TemplateStatus.DRAFT, null, null), 0, 500)) {
      HeldReviews.approve(templates, draft);
    }
    assessImpact();
    // What other tests have drawn stays a draft: its entry event would let everybody in.
    for (JourneyVersion draft : versions.drafts()) {
      if (draft.author().equals(DraftRecorder.FOLDER)) {
        HeldReviews.approve(versions, draft);
      }
    }
    open = true;
  }

  /** The shipped audiences of marketing journeys look at sensitive tags. */
  private void assessImpact() {
    staff.save(new StaffMember(IMPACT_OFFICER, "合规", Role.COMPLIANCE, BRANCH, true, true), null);
    for (String audience : List.of("dca-candidates", "margin-qualified", "dormant")) {
      assessImpact(audience);
    }
  }

  /** Has the impact of an audience assessed where that is asked for; null for none. */
  void assessImpact(@Nullable String audience) {
    if (audience != null && impacts.refusal(audience, clock.instant()).isPresent()) {
      ImpactAssessment written =
          impacts.propose(
              new ImpactDraft(
                  audience,
                  "客户的资产与行为标签",
                  "按合同与同意提供服务",
                  "泄露与误判",
                  "加密、最小必要、可拒绝",
                  clock.instant().plus(Duration.ofDays(1000))),
              "author");
      impacts.approve(written.id(), IMPACT_OFFICER);
    }
  }

  private static Product fund() {
    return new Product(
        FUND,
        "旅行者稳健债券基金A",
        "bond_fund",
        ProductRisk.R2,
        ProductRisk.R2,
        "旅行者基金管理有限公司",
        "medium",
        "income",
        "on_sale",
        Map.of("fee", "申购费率0.8%", "document_url", "https://www.example.com/f"));
  }

  private static Product margin() {
    return new Product(
        MARGIN,
        "旅行者融资融券业务",
        "margin",
        ProductRisk.R4,
        ProductRisk.R4,
        "旅行者证券股份有限公司",
        "long",
        "aggressive",
        "on_sale",
        Map.of("fee", "以公司公告为准", "document_url", "https://www.example.com/m"));
  }

  static void must(BatchReport report) {
    if (!report.problems().isEmpty()) {
      throw new AssertionError(report.problems().toString());
    }
  }

  /** An adult customer who has agreed to everything and can be reached everywhere. */
  Traveller somebody() {
    return somebodyWithout();
  }

  /** Ids of so many of them, with means; for tests beside the engine's package. */
  public List<Long> crowd(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> somebody().tagged("asset_total", "20000").id())
        .toList();
  }

  /** The version of a journey that lets people in. */
  public JourneyVersion live(String journey) {
    open();
    return versions.live(journey).orElseThrow();
  }

  /** The same, but these addresses ({@code mobile}, {@code email}) are not known. */
  Traveller somebodyWithout(String... addresses) {
    open();
    BpmnAwareTests.init(engine);
    String ref = "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 14);
    Traveller traveller = new Traveller(this, ref, Set.of(addresses));
    traveller.importAs(LegalStatus.NORMAL);
    List<ConsentChange> granted = new ArrayList<>();
    for (Purpose purpose : Purpose.values()) {
      for (Channel channel : Channel.values()) {
        granted.add(consent(ref, purpose, channel, ConsentState.GRANTED));
      }
    }
    must(consents.record(granted, "test"));
    walkers.add(traveller);
    return traveller;
  }

  /** Somebody who is not among those the journey leaves out to measure what it is worth. */
  Traveller somebodyFor(String journey, String... unknownAddresses) {
    Traveller traveller;
    do {
      traveller = somebodyWithout(unknownAddresses);
    } while (assignments.heldOut(
        journey, traveller.id(), versions.live(journey).orElseThrow().settings().holdoutPercent()));
    return traveller;
  }

  /** Somebody for the journey who draws this variant of an experiment of halves, A and B. */
  Traveller somebodyDrawing(String journey, String experiment, String variant) {
    Traveller traveller;
    do {
      traveller = somebodyFor(journey);
    } while (!assignments
        .assign(experiment, traveller.id(), BRANCH, new TreeMap<>(Map.of("A", 50, "B", 50)))
        .equals(variant));
    return traveller;
  }

  /** All who have walked since the last call of {@link #forgetWalkers}. */
  List<Traveller> walkers() {
    return List.copyOf(walkers);
  }

  void forgetWalkers() {
    walkers.clear();
  }

  ConsentChange consent(String ref, Purpose purpose, Channel channel, ConsentState state) {
    return new ConsentChange(
        ref, purpose, channel, state, "test", "v1", clock.instant(), null, null);
  }

  /** Lets every event be delivered and every queued customer in. */
  void settle() {
    int moved;
    do {
      moved = delivery.deliverNext() + enrolments.runNext();
    } while (moved > 0);
  }

  CustomerRecord record(
      String ref,
      LocalDate born,
      Map<String, String> identities,
      LegalStatus status,
      Map<String, String> tags) {
    return new CustomerRecord(
        ref, "张旅行", born, BRANCH, ADVISOR, CustomerClass.ORDINARY, status, identities, tags);
  }

  void assess(String ref, RiskTolerance level, Duration ago, Duration goodFor) {
    must(
        assessments.record(
            List.of(
                new AssessmentRow(
                    ref,
                    new RiskAssessment(
                        level,
                        false,
                        clock.instant().minus(ago),
                        clock.instant().plus(goodFor),
                        "long",
                        Set.of("bond_fund", "margin"),
                        "aggressive"))),
            "test"));
  }

  void event(String ref, String type, Map<String, Object> properties) {
    accept(ref, type, properties);
    settle();
  }

  void accept(String ref, String type, Map<String, Object> properties) {
    must(
        events.accept(
            "test",
            List.of(
                new IncomingEvent(
                    UUID.randomUUID().toString(), ref, type, clock.instant(), properties))));
  }

  /** The event is delivered, but who enters a journey by it still waits at the door. */
  void eventAtTheDoor(String ref, String type) {
    accept(ref, type, Map.of());
    while (delivery.deliverNext() > 0) {
      // until nothing is left to deliver
    }
  }

  List<String> verdicts(long customerId) {
    return jdbc.sql("select row_to_json(v)::text from verdict v where customer_id = ? order by 1")
        .param(customerId)
        .query(String.class)
        .list();
  }

  List<Participation> participations(long customerId) {
    return participations.ofCustomer(customerId);
  }

  /** Where the engine has tokens of this participation. */
  List<String> tokens(Participation participation) {
    return participation.leftAt() != null
        ? List.of()
        : runtime.getActiveActivityIds(String.valueOf(participation.processInstanceId()));
  }
}
