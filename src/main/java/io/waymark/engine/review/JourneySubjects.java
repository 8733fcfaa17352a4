package io.waymark.engine.review;

import io.waymark.compliance.ContentScanner;
import io.waymark.compliance.Finding;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.ScanReport;
import io.waymark.compliance.review.MachineReading;
import io.waymark.compliance.review.OfficerReason;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.ReviewSubject;
import io.waymark.compliance.review.Reviewable;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.content.Approval;
import io.waymark.journey.JourneyInWords;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Purpose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Journeys as subjects of a review: what a drawing says to people, and whom it lets in. */
@Component
class JourneySubjects implements Reviewable {

  private final JourneyVersions versions;
  private final DrawnTexts texts;
  private final JourneyInWords inWords;
  private final ContentScanner scanner;
  private final DrawnSoundly soundly;

  JourneySubjects(
      JourneyVersions versions,
      DrawnTexts texts,
      JourneyInWords inWords,
      ContentScanner scanner,
      DrawnSoundly soundly) {
    this.versions = versions;
    this.texts = texts;
    this.inWords = inWords;
    this.scanner = scanner;
    this.soundly = soundly;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.JOURNEY;
  }

  @Override
  public Optional<ReviewSubject> find(String id) {
    return versions.find(Long.parseLong(id)).map(this::subject);
  }

  private ReviewSubject subject(JourneyVersion version) {
    return new ReviewSubject(
        SubjectKind.JOURNEY,
        Long.toString(version.id()),
        version.key(),
        Integer.toString(version.version()),
        version.name(),
        version.hash(),
        version.author(),
        version.status() == JourneyStatus.DRAFT,
        versions.of(version.key()).get(0).id() == version.id());
  }

  @Override
  public MachineReading read(ReviewSubject subject) {
    JourneyVersion version = version(subject);
    ScanReport report = scanner.scan(String.join("\n", texts.of(version)));
    List<Finding> findings = report.findings();
    Set<OfficerReason> reasons = EnumSet.of(OfficerReason.JOURNEY);
    if (version.settings().purpose().equals(Purpose.MARGIN_MARKETING.code())) {
      reasons.add(OfficerReason.MARGIN);
    }
    if (!findings.isEmpty()) {
      reasons.add(OfficerReason.FINDING);
    }
    return new MachineReading(
        report.packVersion(),
        findings.stream()
            .filter(finding -> finding.level() == FindingLevel.BLOCK)
            .map(Finding::ruleId)
            .toList(),
        findings.stream().map(Finding::ruleId).toList(),
        reasons);
  }

  @Override
  public List<String> lines(ReviewSubject subject) {
    JourneyVersion version = version(subject);
    List<String> lines = new ArrayList<>(inWords.of(version));
    lines.addAll(texts.of(version));
    return lines;
  }

  @Override
  public void submitted(ReviewSubject subject) {
    soundly.require(version(subject));
    versions.submitted(Long.parseLong(subject.id()));
  }

  @Override
  public void approve(ReviewSubject subject, Approval approval) {
    try {
      versions.approve(Long.parseLong(subject.id()), subject.hash(), approval);
    } catch (JourneyRefusedException refused) {
      throw new ReviewRefusedException(refused.code(), String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public void closed(ReviewSubject subject, ReviewStatus how, String by) {
    if (how == ReviewStatus.REJECTED) {
      versions.reject(Long.parseLong(subject.id()), subject.hash(), by);
    } else {
      versions.returned(Long.parseLong(subject.id()));
    }
  }

  private JourneyVersion version(ReviewSubject subject) {
    return versions.find(Long.parseLong(subject.id())).orElseThrow();
  }
}
