package io.waymark.compliance.review;

import io.waymark.content.Approval;
import java.util.List;
import java.util.Optional;

/**
 * A kind of content that is in force only after a review; implemented by, or for, whoever owns its
 * table. All changes happen in the caller's transaction.
 */
public interface Reviewable {

  /** The kind it is responsible for. */
  SubjectKind kind();

  /** The version with this id. */
  Optional<ReviewSubject> find(String id);

  /** Reads it as the machine does, with the rules in force now. */
  MachineReading read(ReviewSubject subject);

  /** The whole content as lines of text, for comparing two versions. */
  List<String> lines(ReviewSubject subject);

  /**
   * What this content would take the place of, as far as it is not an earlier version of the same
   * code that was approved by a review.
   */
  default Optional<InForce> inForce(ReviewSubject subject) {
    return Optional.empty();
  }

  /** Notes that a review began. */
  void submitted(ReviewSubject subject);

  /** Puts exactly this content in force; the review has just been closed under this number. */
  void approve(ReviewSubject subject, Approval approval);

  /**
   * Notes that a review ended without an approval.
   *
   * @param by who ended it; {@code waymark} for the machine
   */
  void closed(ReviewSubject subject, ReviewStatus how, String by);
}
