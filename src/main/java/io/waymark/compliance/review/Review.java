package io.waymark.compliance.review;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One review of one version.
 *
 * @param subjectId id of the version in its owner's table
 * @param hash what the decision is bound to
 * @param submittedBy user name; differs from the author for what came from a folder
 * @param branch branch whose people decide; null: people who see every branch
 * @param officerReasons why an officer decides as well; empty when the business reviewer is enough
 * @param packVersion rule pack of the machine's reading; empty when there was no text
 * @param obstacles why the machine refused it
 * @param findings ids of the rules that fired
 * @param draw keyed hash by which sampling decided (16 hex digits); null when it was not asked
 * @param stageSince since when the present stage waits
 * @param remindedAt when the reviewers of this stage were reminded
 * @param escalatedAt when the wait was made known as too long
 * @param validUntil until when the approval holds (exclusive)
 * @param closedReason in the words of whoever ended it
 */
public record Review(
    long id,
    SubjectKind kind,
    String subjectId,
    String code,
    String version,
    String title,
    String hash,
    String author,
    String submittedBy,
    @Nullable String branch,
    ReviewStatus status,
    List<OfficerReason> officerReasons,
    String packVersion,
    List<String> obstacles,
    List<String> findings,
    @Nullable String draw,
    Instant submittedAt,
    Instant stageSince,
    @Nullable Instant remindedAt,
    @Nullable Instant escalatedAt,
    @Nullable String businessReviewer,
    @Nullable Instant businessDecidedAt,
    @Nullable String officer,
    @Nullable Instant officerDecidedAt,
    @Nullable String approvalNumber,
    @Nullable Instant validUntil,
    @Nullable Instant closedAt,
    @Nullable String closedBy,
    @Nullable String closedReason) {

  public Review {
    officerReasons = List.copyOf(officerReasons);
    obstacles = List.copyOf(obstacles);
    findings = List.copyOf(findings);
  }

  /** The stage it waits at; null when it is over. */
  public @Nullable ReviewStage stage() {
    return switch (status) {
      case BUSINESS -> ReviewStage.BUSINESS;
      case OFFICER -> ReviewStage.OFFICER;
      default -> null;
    };
  }

  /** Whether this person wrote or submitted it, or has decided about it already. */
  public boolean involves(String username) {
    return author.equalsIgnoreCase(username)
        || submittedBy.equalsIgnoreCase(username)
        || username.equalsIgnoreCase(businessReviewer);
  }
}
