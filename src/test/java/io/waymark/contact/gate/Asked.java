package io.waymark.contact.gate;

import io.waymark.compliance.recall.RecallKind;
import io.waymark.compliance.recall.RecallTarget;
import io.waymark.compliance.recall.StandingRecalls;
import io.waymark.contact.ContactFacts;
import io.waymark.contact.ContactPolicy;
import io.waymark.contact.ContactRequest;
import io.waymark.contact.GateQuestion;
import io.waymark.contact.LocalDays;
import io.waymark.contact.Suppression;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.customer.Consent;
import io.waymark.customer.ConsentMatrix;
import io.waymark.customer.ConsentState;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.GateFacts;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskAssessment;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.calendar.CalendarUnknownException;
import io.waymark.product.Product;
import io.waymark.product.ProductRisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A question every gate lets pass, of which a test changes the one thing it is about. */
final class Asked {

  static final ContactPolicy POLICY = policy();
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private boolean known = true;
  private LegalStatus status = LegalStatus.NORMAL;
  private CustomerClass customerClass = CustomerClass.ORDINARY;
  private @Nullable LocalDate birthDate = LocalDate.of(1985, 5, 20);
  private ConsentMatrix consents = ConsentMatrix.empty();
  private @Nullable RiskAssessment assessment = assessed(RiskTolerance.C3, false, "2027-11-23");
  private boolean approved = true;
  private Channel channel = Channel.SMS;
  private Purpose purpose = Purpose.PRODUCT_MARKETING;
  private String productClass = "B";
  private boolean requiresProduct = true;
  private @Nullable Product product = fund("equity_fund", ProductRisk.R3, "on_sale");
  private @Nullable String productCode = "F001";
  private final List<Suppression> suppressions = new ArrayList<>();
  private final List<ContactFacts.Counted> counted = new ArrayList<>();
  private int priority = 50;
  private @Nullable String zone;
  private @Nullable List<Integer> activity;
  private final Set<LocalDate> holidays = new HashSet<>();
  private boolean addressKnown = true;
  private boolean channelOpen = true;
  private StandingRecalls recalls = StandingRecalls.none();
  private List<String> pausedBy = List.of();
  private LocalDateTime local = LocalDateTime.of(2026, 11, 23, 10, 0);

  static Asked about() {
    return new Asked();
  }

  Asked pausedBy(String... rules) {
    pausedBy = List.of(rules);
    return this;
  }

  Asked unknownCustomer() {
    known = false;
    return this;
  }

  Asked status(LegalStatus value) {
    status = value;
    return this;
  }

  Asked recalled(RecallKind kind, String value) {
    recalls = new StandingRecalls(List.of(new RecallTarget(kind, value)));
    return this;
  }

  Asked professional() {
    customerClass = CustomerClass.PROFESSIONAL;
    return this;
  }

  Asked born(@Nullable String date) {
    birthDate = date == null ? null : LocalDate.parse(date);
    return this;
  }

  Asked consents(Consent... words) {
    consents = ConsentMatrix.of(List.of(words));
    return this;
  }

  Asked assessment(@Nullable RiskAssessment value) {
    assessment = value;
    return this;
  }

  Asked template(Channel onChannel, Purpose forPurpose) {
    channel = onChannel;
    purpose = forPurpose;
    return this;
  }

  Asked productClass(String value) {
    productClass = value;
    return this;
  }

  Asked notApproved() {
    approved = false;
    return this;
  }

  Asked product(@Nullable Product value) {
    product = value;
    productCode = value == null ? null : value.code();
    return this;
  }

  Asked productNotFound(String code) {
    product = null;
    productCode = code;
    return this;
  }

  Asked needsNoProduct() {
    requiresProduct = false;
    return this;
  }

  Asked suppressed(String reason, String until) {
    suppressions.add(
        new Suppression(1, reason, Instant.parse(until), "officer", Instant.EPOCH, null, Set.of()));
    return this;
  }

  Asked counted(Channel on, Purpose of, String localTime) {
    counted.add(new ContactFacts.Counted(on, of, at(localTime), 50, null));
    return this;
  }

  /** A message that was promised and may still be taken back. */
  Asked waiting(UUID id, Channel on, Purpose of, String localTime, int itsPriority) {
    counted.add(new ContactFacts.Counted(on, of, at(localTime), itsPriority, id));
    return this;
  }

  Asked priority(int value) {
    priority = value;
    return this;
  }

  Asked livesIn(String zoneId) {
    zone = zoneId;
    return this;
  }

  /** Days on which nobody works; the calendar of 2027 is not published. */
  Asked holidays(String... days) {
    for (String day : days) {
      holidays.add(LocalDate.parse(day));
    }
    return this;
  }

  /** How often the customer looked in an hour of his day. */
  Asked looked(int hour, int times) {
    List<Integer> hours = new ArrayList<>(activity == null ? Collections.nCopies(24, 0) : activity);
    hours.set(hour, times);
    activity = hours;
    return this;
  }

  private boolean works(LocalDate day) {
    if (day.getYear() > 2026) {
      throw new CalendarUnknownException(day);
    }
    return !holidays.contains(day);
  }

  /** The customer's last word about this purpose on this channel. */
  Asked said(Purpose about, Channel on, ConsentState state, @Nullable String expires) {
    return consents(
        new Consent(
            about,
            on,
            state,
            Instant.EPOCH,
            expires == null ? null : Instant.parse(expires),
            "app",
            "v1"));
  }

  Asked withoutAddress() {
    addressKnown = false;
    return this;
  }

  Asked onStoppedChannel() {
    channelOpen = false;
    return this;
  }

  Asked now(String localTime) {
    local = LocalDateTime.parse(localTime);
    return this;
  }

  GateQuestion question() {
    Instant now = local.atZone(SHANGHAI).toInstant();
    GateFacts customer =
        new GateFacts(
            1, "C1", "SH01", customerClass, status, birthDate, consents, assessment, Map.of());
    TemplateVersion template =
        new TemplateVersion(
            7,
            "fund-offer",
            3,
            "hash",
            new TemplateMetadata(
                "fund-offer",
                "基金推介",
                channel,
                purpose,
                productClass,
                List.of(),
                null,
                requiresProduct,
                Map.of(),
                null),
            "text",
            TemplateStatus.APPROVED,
            "author",
            "officer",
            now,
            now.plusSeconds(1),
            "no-1",
            now,
            null,
            null,
            null);
    return new GateQuestion(
        new ContactRequest(
            1, "SH01", 5L, "journey", "Send_1", 1, "fund-offer", productCode, priority, Map.of()),
        new ContactFacts(
            known ? customer : null,
            approved ? template : null,
            product,
            suppressions,
            counted,
            LocalDays.of(zone, this::works),
            activity,
            addressKnown,
            channelOpen,
            recalls,
            pausedBy),
        POLICY,
        now);
  }

  static Instant at(String localTime) {
    return LocalDateTime.parse(localTime).atZone(SHANGHAI).toInstant();
  }

  static RiskAssessment assessed(RiskTolerance level, boolean minimumClass, String expires) {
    Instant end = LocalDate.parse(expires).atStartOfDay(SHANGHAI).toInstant();
    return new RiskAssessment(
        level,
        minimumClass,
        end.minusSeconds(365 * 86_400L),
        end,
        "long",
        Set.of("equity_fund", "margin"),
        "growth");
  }

  static Product fund(String type, ProductRisk risk, String status) {
    return new Product(
        "F001", "示例基金", type, risk, risk, "示例管理人", "medium", "growth", status, Map.of());
  }

  private static ContactPolicy policy() {
    try (InputStream file = Asked.class.getResourceAsStream("/contact-policy.yaml")) {
      return ContactPolicy.read(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
