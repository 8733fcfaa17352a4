package io.waymark.engine.run;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands a drawing in: it becomes a draft version of its journey and goes under review. */
@Component
public class DrawingSubmission {

  private static final String BPMN = ".bpmn";

  private final Drawings drawings;
  private final JourneyDeployments deployments;
  private final JourneyVersions versions;
  private final Reviews reviews;

  DrawingSubmission(
      Drawings drawings,
      JourneyDeployments deployments,
      JourneyVersions versions,
      Reviews reviews) {
    this.drawings = drawings;
    this.deployments = deployments;
    this.versions = versions;
    this.reviews = reviews;
  }

  /** The draft a drawing became, and its review; the machine may have closed that at once. */
  public record Submitted(JourneyVersion version, Review review) {}

  /**
   * Deploys the newest revision and submits it for review, all or nothing.
   *
   * @param revision the revision the person has seen
   * @throws DrawingRefusedException when somebody has saved meanwhile, the person is no marketer,
   *     or the files are those of a version already decided
   * @throws DeploymentRefusedException when an element is not allowed
   * @throws io.waymark.compliance.review.ReviewRefusedException when it is under review already
   */
  @Transactional
  public Submitted submit(long drawing, int revision, StaffMember by) {
    if (by.role() != Role.MARKETER || !by.enabled()) {
      throw new DrawingRefusedException("wrong_role", "只有营销人员可以提交旅程草图。");
    }
    DrawingFiles files =
        drawings
            .files(drawing, revision)
            .orElseThrow(() -> new DrawingRefusedException("gone", "这张草图已被删除,请返回列表。"));
    JourneyVersion version = deployed(files, by);
    drawings.submitted(drawing, revision, version.id(), by.username());
    return new Submitted(
        version, reviews.submit(SubjectKind.JOURNEY, Long.toString(version.id()), by.username()));
  }

  private JourneyVersion deployed(DrawingFiles files, StaffMember by) {
    String key = files.drawingName().substring(0, files.drawingName().length() - BPMN.length());
    return deployments
        .deploy(key, files.bytes(), by.username(), EngineGroups.of(by))
        .flatMap(versions::byDefinition)
        .or(() -> versions.of(key).stream().findFirst().filter(DrawingSubmission::draft))
        .orElseThrow(() -> new DrawingRefusedException("unchanged", "内容与最新版本完全一样,没有可提交的修改。"));
  }

  private static boolean draft(JourneyVersion version) {
    return version.status() == JourneyStatus.DRAFT;
  }
}
