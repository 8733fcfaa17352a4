package io.waymark.compliance.review;

import io.waymark.compliance.ContentReview;
import io.waymark.compliance.ContentScanner;
import io.waymark.compliance.Finding;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.MissingElement;
import io.waymark.compliance.ReviewSheet;
import io.waymark.compliance.ScanReport;
import io.waymark.content.Approval;
import io.waymark.content.PersonalUse;
import io.waymark.content.Rendered;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateRefusedException;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Purpose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Message templates as subjects of a review. */
@Component
class TemplateSubjects implements Reviewable {

  private static final String MARGIN_CLASS = "M";
  private static final String MONEY_FUND_CLASS = "D";

  /** Category of the rule pack for statements about where prices go. */
  private static final String FORECASTS = "业绩预测/预期收益";

  private final Templates templates;
  private final ContentReview review;
  private final ContentScanner scanner;
  private final ReviewPolicies policies;

  TemplateSubjects(
      Templates templates, ContentReview review, ContentScanner scanner, ReviewPolicies policies) {
    this.templates = templates;
    this.review = review;
    this.scanner = scanner;
    this.policies = policies;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.TEMPLATE;
  }

  @Override
  public Optional<ReviewSubject> find(String id) {
    return templates.find(Long.parseLong(id)).map(this::subject);
  }

  private ReviewSubject subject(TemplateVersion version) {
    return new ReviewSubject(
        SubjectKind.TEMPLATE,
        Long.toString(version.id()),
        version.code(),
        Integer.toString(version.version()),
        version.metadata().title(),
        version.hash(),
        version.author(),
        version.status() == TemplateStatus.DRAFT || version.status() == TemplateStatus.IN_REVIEW,
        templates.latest(version.code()) == version.version());
  }

  @Override
  public MachineReading read(ReviewSubject subject) {
    TemplateVersion version = version(subject);
    TemplateMetadata metadata = version.metadata();
    List<ReviewSheet> sheets = review.review(metadata, version.source());
    // The source too: what stands on a branch no sample reader takes is sent to somebody else.
    ScanReport written =
        scanner.scan(
            metadata.subject() == null
                ? version.source()
                : metadata.subject() + "\n" + version.source());
    List<Finding> findings = new ArrayList<>(written.findings());
    List<String> obstacles = new ArrayList<>();
    for (ReviewSheet sheet : sheets) {
      findings.addAll(sheet.scan().findings());
      sheet.missing().stream().map(MissingElement::code).forEach(obstacles::add);
      if (sheet.rendered() == null) {
        obstacles.add("render");
      }
    }
    findings.stream()
        .filter(finding -> finding.level() == FindingLevel.BLOCK)
        .map(Finding::ruleId)
        .forEach(obstacles::add);
    return new MachineReading(
        written.packVersion(),
        obstacles,
        findings.stream().map(Finding::ruleId).toList(),
        reasons(metadata, version.source(), sheets, findings));
  }

  private Set<OfficerReason> reasons(
      TemplateMetadata metadata, String source, List<ReviewSheet> sheets, List<Finding> findings) {
    StringBuilder texts = new StringBuilder(source);
    for (ReviewSheet sheet : sheets) {
      Rendered rendered = sheet.rendered();
      if (rendered != null) {
        texts.append('\n').append(rendered.subject()).append('\n').append(rendered.body());
      }
    }
    String text = texts.toString();
    ReviewPolicy policy = policies.inForce();
    EnumSet<OfficerReason> reasons = EnumSet.noneOf(OfficerReason.class);
    // A template that takes a product may be sent with any; only money funds are never R4.
    boolean anyProduct =
        metadata.requiresProduct() && !metadata.productClass().equals(MONEY_FUND_CLASS);
    add(reasons, OfficerReason.HIGH_RISK, anyProduct || policy.speaksOfHighRisk(text));
    add(
        reasons,
        OfficerReason.MARGIN,
        metadata.productClass().equals(MARGIN_CLASS)
            || metadata.purpose() == Purpose.MARGIN_MARKETING);
    add(
        reasons,
        OfficerReason.MARKET_VIEW,
        policy.speaksOfMarket(text)
            || findings.stream().anyMatch(finding -> finding.category().equals(FORECASTS)));
    add(reasons, OfficerReason.AI_WRITTEN, metadata.aiWritten() || policy.speaksOfAi(text));
    add(reasons, OfficerReason.IMAGE, policy.showsImages(source));
    add(reasons, OfficerReason.FINDING, !findings.isEmpty());
    return reasons;
  }

  private static void add(EnumSet<OfficerReason> reasons, OfficerReason reason, boolean holds) {
    if (holds) {
      reasons.add(reason);
    }
  }

  @Override
  public List<String> lines(ReviewSubject subject) {
    TemplateVersion version = version(subject);
    TemplateMetadata metadata = version.metadata();
    List<String> lines = new ArrayList<>();
    lines.add("title: " + metadata.title());
    lines.add("channel: " + metadata.channel().code());
    lines.add("purpose: " + metadata.purpose().code());
    lines.add("productClass: " + metadata.productClass());
    lines.add("requiresProduct: " + metadata.requiresProduct());
    lines.addAll(use(metadata.personalUse()));
    lines.add("variables: " + String.join(", ", new TreeSet<>(metadata.variables())));
    new TreeMap<>(metadata.notApplicable())
        .forEach((element, reason) -> lines.add("notApplicable." + element + ": " + reason));
    if (metadata.aiWritten()) {
      lines.add("aiWritten: true");
    }
    if (metadata.subject() != null) {
      lines.add("subject: " + metadata.subject());
    }
    lines.addAll(version.source().lines().toList());
    return lines;
  }

  private static List<String> use(PersonalUse use) {
    List<String> lines = new ArrayList<>();
    if (use.personalised()) {
      lines.add("personalised: true");
    }
    if (use.plainVariant() != null) {
      lines.add("plainVariant: " + use.plainVariant());
    }
    Purpose asked = use.asksConsent();
    if (asked != null) {
      lines.add("asksConsent: " + asked.code());
    }
    return lines;
  }

  @Override
  public void submitted(ReviewSubject subject) {
    templates.inReview(Long.parseLong(subject.id()));
  }

  @Override
  public void approve(ReviewSubject subject, Approval approval) {
    try {
      templates.approve(Long.parseLong(subject.id()), subject.hash(), approval);
    } catch (TemplateRefusedException refused) {
      throw new ReviewRefusedException("template_refused", String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public void closed(ReviewSubject subject, ReviewStatus how, String by) {
    templates.backToDraft(Long.parseLong(subject.id()));
  }

  private TemplateVersion version(ReviewSubject subject) {
    return templates.find(Long.parseLong(subject.id())).orElseThrow();
  }
}
