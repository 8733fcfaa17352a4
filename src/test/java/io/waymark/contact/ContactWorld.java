package io.waymark.contact;

import io.waymark.content.PersonalUse;
import io.waymark.content.TemplateMetadata;
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
import io.waymark.customer.event.CustomerEvent;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.product.Products;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Customers who may be reached, texts that may be sent, and what came of it. */
@TestComponent
class ContactWorld {

  static final String BRANCH = "CONTACT-T1";
  private static final AtomicLong NEXT = new AtomicLong(System.nanoTime() % 10_000_000);

  private final Branches branches;
  private final Customers customers;
  private final Consents consents;
  private final RiskAssessments assessments;
  private final Templates templates;
  private final Products products;
  private final CustomerEvents events;
  private final MessageSender sender;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;
  private final MovableClock clock;

  /** Lets go what other tests left in the outbox, which would otherwise fill the first round. */
  static void leaveFirst(Dispatcher dispatcher) {
    for (int round = 0; round < 20 && dispatcher.dispatchDue(1_000) > 0; round++) {
      // Until nothing is due.
    }
  }

  ContactWorld(
      Branches branches,
      Customers customers,
      Consents consents,
      RiskAssessments assessments,
      Templates templates,
      Products products,
      CustomerEvents events,
      MessageSender sender,
      TransactionTemplate transaction,
      JdbcClient jdbc,
      MovableClock clock) {
    this.branches = branches;
    this.customers = customers;
    this.consents = consents;
    this.assessments = assessments;
    this.templates = templates;
    this.products = products;
    this.events = events;
    this.sender = sender;
    this.transaction = transaction;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A person of forty with address and valid assessment who consented to everything. */
  record Person(long id, String ref, String mobile) {}

  Person person() {
    return people(1).get(0);
  }

  List<Person> people(int count) {
    branches.saveAll(List.of(new Branch(BRANCH, "触达测试部")));
    List<CustomerRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long number = NEXT.incrementAndGet();
      records.add(
          new CustomerRecord(
              "M%010d".formatted(number),
              "王小明",
              LocalDate.of(1986, 5, 1),
              BRANCH,
              null,
              CustomerClass.ORDINARY,
              LegalStatus.NORMAL,
              Map.of("mobile", "138%08d".formatted(number), "email", "m" + number + "@example.com"),
              Map.of("gender", "male")));
    }
    require(customers.importAll(records, "test").problems());
    List<String> refs = records.stream().map(CustomerRecord::ref).toList();
    Map<String, Long> ids = customers.idsOf(refs);
    require(
        consents
            .record(refs.stream().flatMap(ref -> granted(ref).stream()).toList(), "test")
            .problems());
    Instant now = clock.instant();
    require(
        assessments
            .record(
                refs.stream().map(ref -> new AssessmentRow(ref, assessed(now))).toList(), "test")
            .problems());
    return records.stream()
        .map(
            one -> {
              Long id = ids.get(one.ref());
              return new Person(
                  id == null ? -1 : id, one.ref(), one.identities().getOrDefault("mobile", ""));
            })
        .toList();
  }

  private static RiskAssessment assessed(Instant now) {
    return new RiskAssessment(
        RiskTolerance.C4,
        false,
        now.minus(Duration.ofDays(10)),
        now.plus(Duration.ofDays(355)),
        "long",
        Set.of("equity_fund", "margin"),
        "growth");
  }

  private List<ConsentChange> granted(String ref) {
    List<ConsentChange> granted = new ArrayList<>();
    for (Purpose purpose : List.of(Purpose.PRODUCT_MARKETING, Purpose.ACTIVITY)) {
      for (Channel channel : Channel.values()) {
        granted.add(said(ref, purpose, channel, ConsentState.GRANTED));
      }
    }
    return granted;
  }

  private ConsentChange said(String ref, Purpose purpose, Channel channel, ConsentState state) {
    return new ConsentChange(
        ref, purpose, channel, state, "app", "v1", clock.instant(), null, null);
  }

  void refuses(Person person, Purpose purpose, Channel channel) {
    says(person, purpose, channel, ConsentState.REFUSED);
  }

  void grants(Person person, Purpose purpose, Channel channel) {
    says(person, purpose, channel, ConsentState.GRANTED);
  }

  private void says(Person person, Purpose purpose, Channel channel, ConsentState state) {
    require(
        consents.record(List.of(said(person.ref(), purpose, channel, state)), "test").problems());
  }

  /** The margin service is in the catalogue. */
  void sellsMargin() {
    require(
        products
            .upsertAll(
                List.of(
                    new Product(
                        "MARGIN-T",
                        "融资融券",
                        "margin",
                        ProductRisk.R4,
                        ProductRisk.R4,
                        "示例证券股份有限公司",
                        null,
                        "growth",
                        "on_sale",
                        Map.of())),
                "test")
            .problems());
  }

  /** Code of a new approved text. */
  String template(Channel channel, Purpose purpose) {
    return template(channel, purpose, "您好，本周投教讲堂开讲，欢迎收看。");
  }

  String template(Channel channel, Purpose purpose, String words) {
    return approve(submit(channel, purpose, words)).code();
  }

  TemplateVersion submit(Channel channel, Purpose purpose, String words) {
    return submit(channel, purpose, words, PersonalUse.NONE);
  }

  TemplateVersion submit(Channel channel, Purpose purpose, String words, PersonalUse use) {
    String code = "t-" + NEXT.incrementAndGet();
    String tail = "投资有风险，入市需谨慎。客服热线95000，个人信息使用见隐私政策。";
    String text =
        switch (channel) {
          case SMS -> "【示例证券】${customer.name}" + words + tail + "拒收请回复R";
          case EMAIL ->
              "<p>示例证券股份有限公司 推广材料</p><p>${customer.name}"
                  + words
                  + "</p><p style=\"font-size:1.2em\">风险提示："
                  + tail
                  + "如不希望收到可随时退订。</p>";
          case WEBHOOK -> "{\"code\":\"${param.code}\"}";
          default -> "示例证券股份有限公司 推广材料：${customer.name}" + words + tail + "如不希望收到可关闭此类消息。";
        };
    TemplateMetadata metadata =
        new TemplateMetadata(
            code,
            "测试模板",
            channel,
            purpose,
            "none",
            channel == Channel.WEBHOOK ? List.of("param.code") : List.of("customer.name"),
            channel == Channel.EMAIL || channel == Channel.IN_APP ? "投教讲堂" : null,
            false,
            Map.of(),
            null,
            false,
            use);
    return templates.submit(metadata, text, "author");
  }

  TemplateVersion approve(TemplateVersion version) {
    return HeldReviews.approve(templates, version, clock.instant().plus(Duration.ofDays(60)));
  }

  ContactRequest request(Person person, String template) {
    return request(person, template, NEXT.incrementAndGet(), 50);
  }

  ContactRequest request(Person person, String template, long participation, int priority) {
    return new ContactRequest(
        person.id(),
        BRANCH,
        participation,
        "test-journey",
        "Send_1",
        1,
        template,
        null,
        priority,
        Map.of("code", "x1", "slot", "home"));
  }

  List<SendResult> send(List<ContactRequest> requests) {
    List<SendResult> results = transaction.execute(status -> sender.send(requests));
    return results == null ? List.of() : results;
  }

  SendResult send(ContactRequest request) {
    return send(List.of(request)).get(0);
  }

  UUID sent(Person person, String template) {
    return ((Sent) send(request(person, template))).messageId();
  }

  /** Events of one type, oldest first. */
  List<CustomerEvent> events(Person person, String type) {
    return events.since(person.id(), type, 0);
  }

  /** How the message stands in the log. */
  String status(UUID messageId) {
    return jdbc.sql("select status from message where message_id = ?")
        .param(messageId)
        .query(String.class)
        .single();
  }

  /** Its state in the outbox; "gone" once settled. */
  String state(UUID messageId) {
    return jdbc.sql("select state from outbox where message_id = ?")
        .param(messageId)
        .query(String.class)
        .optional()
        .orElse("gone");
  }

  void run(String sql, Object... parameters) {
    jdbc.sql(sql).params(List.of(parameters)).update();
  }

  List<String> words(String sql, Object... parameters) {
    return jdbc.sql(sql).params(List.of(parameters)).query(String.class).list();
  }

  long count(String sql, Object... parameters) {
    return jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single();
  }

  private static void require(List<?> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.toString());
    }
  }
}
