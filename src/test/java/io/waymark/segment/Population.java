package io.waymark.segment;

import io.waymark.customer.AssessmentRow;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.Holding;
import io.waymark.customer.Holdings;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.LevelContradiction;
import io.waymark.customer.LevelContradictions;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskAssessments;
import io.waymark.customer.RiskTolerance;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.BatchReport;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import io.waymark.product.Products;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationContext;

/** Brings people of a test into the database by the ways the application offers. */
final class Population {

  private static final String ACTOR = "test";

  private final ApplicationContext context;
  private final Instant now;

  Population(ApplicationContext context, Instant now) {
    this.context = context;
    this.now = now;
  }

  /** Ids by ref. */
  Map<String, Long> settle(Collection<Person> people) {
    branches(people);
    accept(bean(Products.class).upsertAll(products(people), ACTOR));
    accept(
        bean(Customers.class).importAll(people.stream().map(Population::record).toList(), ACTOR));
    Map<String, Long> ids = bean(Customers.class).idsOf(people.stream().map(Person::ref).toList());
    bean(CustomerTags.class).setAll(tags(people, ids), ACTOR);
    accept(bean(CustomerEvents.class).accept(ACTOR, events(people)));
    accept(bean(Consents.class).record(consents(people), ACTOR));
    accept(bean(RiskAssessments.class).record(assessments(people), ACTOR));
    bean(LevelContradictions.class).record(contradictions(people, ids));
    bean(Holdings.class).replaceAll(holdings(people, ids));
    return ids;
  }

  private <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  private static void accept(BatchReport report) {
    if (!report.problems().isEmpty()) {
      throw new IllegalArgumentException(report.problems().toString());
    }
  }

  private void branches(Collection<Person> people) {
    Set<String> codes = new LinkedHashSet<>(people.stream().map(Person::branch).toList());
    bean(Branches.class).saveAll(codes.stream().map(code -> new Branch(code, code)).toList());
  }

  private static CustomerRecord record(Person person) {
    return new CustomerRecord(
        person.ref(),
        "测试客户",
        person.birthDate(),
        person.branch(),
        person.advisor(),
        person.customerClass(),
        LegalStatus.NORMAL,
        Map.of(),
        Map.of());
  }

  private static List<Product> products(Collection<Person> people) {
    Map<String, Product> products = new HashMap<>();
    for (Person person : people) {
      person.typesHeld().forEach((code, type) -> products.put(code, product(code, type)));
    }
    return List.copyOf(products.values());
  }

  private static List<TagValue> tags(Collection<Person> people, Map<String, Long> ids) {
    List<TagValue> tags = new ArrayList<>();
    for (Person person : people) {
      person
          .tags()
          .forEach(
              (tag, told) ->
                  tags.add(new TagValue(ids.get(person.ref()), tag, told.value(), told.asOf())));
    }
    return tags;
  }

  private List<IncomingEvent> events(Collection<Person> people) {
    List<IncomingEvent> events = new ArrayList<>();
    for (Person person : people) {
      for (Person.Happened happened : person.events()) {
        events.add(
            new IncomingEvent(
                person.ref() + "-" + events.size(),
                person.ref(),
                happened.type(),
                happened.at(),
                happened.properties()));
      }
    }
    return events;
  }

  private List<ConsentChange> consents(Collection<Person> people) {
    List<ConsentChange> changes = new ArrayList<>();
    for (Person person : people) {
      person
          .consents()
          .forEach(
              (cell, word) ->
                  changes.add(
                      new ConsentChange(
                          person.ref(),
                          cell.purpose(),
                          cell.channel(),
                          word.granted() ? ConsentState.GRANTED : ConsentState.REFUSED,
                          "app",
                          "v1",
                          now.minus(Duration.ofDays(400)),
                          word.expires(),
                          null)));
    }
    return changes;
  }

  private static List<AssessmentRow> assessments(Collection<Person> people) {
    List<AssessmentRow> rows = new ArrayList<>();
    for (Person person : people) {
      Person.Assessed assessed = person.assessment();
      if (assessed != null) {
        rows.add(new AssessmentRow(person.ref(), assessment(assessed, assessed.level())));
      }
    }
    return rows;
  }

  private static List<LevelContradiction> contradictions(
      Collection<Person> people, Map<String, Long> ids) {
    List<LevelContradiction> contradictions = new ArrayList<>();
    for (Person person : people) {
      Person.Assessed assessed = person.assessment();
      if (assessed != null && assessed.lowered() != null) {
        contradictions.add(
            new LevelContradiction(
                ids.get(person.ref()),
                person.branch(),
                "test",
                1,
                assessed.at().plusSeconds(1),
                assessed.at(),
                assessed.level(),
                assessed.lowered(),
                "test"));
      }
    }
    return contradictions;
  }

  static RiskAssessment assessment(Person.Assessed assessed, RiskTolerance level) {
    return new RiskAssessment(
        level,
        assessed.minimum(),
        assessed.at(),
        assessed.expires(),
        null,
        assessed.types(),
        "aggressive");
  }

  static Product product(String code, String type) {
    return new Product(
        code,
        code,
        type,
        code.endsWith("2") ? ProductRisk.R4 : ProductRisk.R2,
        ProductRisk.R2,
        "基金公司",
        code.startsWith("agree-bond") ? "long" : null,
        code.endsWith("1") ? "aggressive" : "preservation",
        "on_sale",
        Map.of());
  }

  private static Map<Long, List<Holding>> holdings(
      Collection<Person> people, Map<String, Long> ids) {
    Map<Long, List<Holding>> holdings = new HashMap<>();
    for (Person person : people) {
      holdings.put(
          ids.get(person.ref()),
          person.typesHeld().keySet().stream()
              .map(
                  code ->
                      new Holding(code, BigDecimal.TEN, BigDecimal.ONE, LocalDate.of(2026, 11, 20)))
              .toList());
    }
    return holdings;
  }
}
