package io.waymark.compliance.review;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tables {@code content_review} and {@code content_review_act}: what changes them. */
@Component
class ReviewStore {

  private final JdbcClient jdbc;

  ReviewStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Review open(ReviewSubject subject, String submittedBy, @Nullable String branch, Instant now) {
    return jdbc.sql(
            """
            insert into content_review
              (kind, subject_id, code, version, title, hash, author, submitted_by, branch, status,
               submitted_at, stage_since)
            values (:kind, :id, :code, :version, :title, :hash, :author, :by, :branch, 'business',
                    :now, :now)
            on conflict (kind, code) where status in ('business', 'officer') do nothing
            returning *
            """)
        .param("kind", subject.kind().code())
        .param("id", subject.id())
        .param("code", subject.code())
        .param("version", subject.version())
        .param("title", subject.title())
        .param("hash", subject.hash())
        .param("author", subject.author())
        .param("by", submittedBy)
        .param("branch", branch)
        .param("now", Timestamp.from(now))
        .query(ReviewStore::read)
        .optional()
        .orElseThrow(
            () ->
                new ReviewRefusedException(
                    "under_review", "“%s”已有一个版本在审核中, 请先撤回它再提交。".formatted(subject.title())));
  }

  void scanned(long id, MachineReading reading, List<String> reasons, @Nullable String draw) {
    jdbc.sql(
            """
            update content_review
               set pack_version = :pack, obstacles = :obstacles, findings = :findings,
                   officer_reasons = :reasons, draw = :draw
             where id = :id
            """)
        .param("pack", reading.packVersion())
        .param("obstacles", reading.obstacles().toArray(String[]::new))
        .param("findings", reading.findings().toArray(String[]::new))
        .param("reasons", reasons.toArray(String[]::new))
        .param("draw", draw)
        .param("id", id)
        .update();
  }

  void reached(long id, ReviewStage stage, Instant now) {
    jdbc.sql(
            """
            update content_review
               set status = :stage, stage_since = :now, reminded_at = null, escalated_at = null
             where id = :id and closed_at is null
            """)
        .param("stage", stage.code())
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  /** Notes who decided; false when nothing waits at this stage or the person had a hand in it. */
  boolean decided(long id, ReviewStage stage, String by, Instant now) {
    String columns =
        stage == ReviewStage.BUSINESS
            ? "business_reviewer = :by, business_decided_at = :now"
            : "officer = :by, officer_decided_at = :now";
    return jdbc.sql(
                """
                update content_review set %s
                 where id = :id and status = :stage and closed_at is null
                   and lower(:by) not in
                     (lower(author), lower(submitted_by), lower(coalesce(business_reviewer, '')))
                """
                    .formatted(columns))
            .param("by", by)
            .param("now", Timestamp.from(now))
            .param("stage", stage.code())
            .param("id", id)
            .update()
        == 1;
  }

  void validUntil(long id, Instant until) {
    jdbc.sql("update content_review set valid_until = :until where id = :id and closed_at is null")
        .param("until", Timestamp.from(until))
        .param("id", id)
        .update();
  }

  /** Notes who ends a running review from outside, and why, before the engine ends it. */
  void ending(long id, String by, String reason) {
    jdbc.sql(
            """
            update content_review set closed_by = :by, closed_reason = :reason
             where id = :id and closed_at is null
            """)
        .param("by", by)
        .param("reason", reason)
        .param("id", id)
        .update();
  }

  void close(long id, ReviewStatus how, String by, @Nullable String reason, Instant now) {
    jdbc.sql(
            """
            update content_review
               set status = :status, closed_at = :now, closed_by = :by, closed_reason = :reason
             where id = :id and closed_at is null
            """)
        .param("status", how.code())
        .param("by", by)
        .param("reason", reason)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  Review release(long id, String by, String month, Instant until, Instant now) {
    return jdbc.sql(
            """
            update content_review
               set status = 'approved', closed_at = :now, closed_by = :by, valid_until = :until,
                   approval_number = 'WM-' || :month || '-'
                     || lpad(nextval('review_number_seq')::text, 6, '0')
             where id = :id and closed_at is null
            returning *
            """)
        .param("by", by)
        .param("until", Timestamp.from(until))
        .param("month", month)
        .param("now", Timestamp.from(now))
        .param("id", id)
        .query(ReviewStore::read)
        .single();
  }

  void waitsLong(long id, boolean tooLong, Instant now) {
    String column = tooLong ? "escalated_at" : "reminded_at";
    jdbc.sql("update content_review set %s = :now where id = :id".formatted(column))
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
  }

  void note(
      long id,
      String act,
      String actor,
      @Nullable ReviewStage stage,
      @Nullable String reason,
      Instant now) {
    jdbc.sql(
            """
            insert into content_review_act (review_id, at, act, actor, stage, reason)
            values (:id, :now, :act, :actor, :stage, :reason)
            """)
        .param("id", id)
        .param("now", Timestamp.from(now))
        .param("act", act)
        .param("actor", actor)
        .param("stage", stage == null ? null : stage.code())
        .param("reason", reason)
        .update();
  }

  /** The review, its row locked until the transaction ends. */
  Review lock(long id) {
    return jdbc.sql("select * from content_review where id = :id for update")
        .param("id", id)
        .query(ReviewStore::read)
        .optional()
        .orElseThrow(() -> new ReviewRefusedException("unknown", "没有这个审核, 请刷新列表。"));
  }

  /** Running reviews of other versions of a code; those being decided just now are left out. */
  List<Review> lockOvertaken(SubjectKind kind, String code, String newestId) {
    return jdbc.sql(
            """
            select * from content_review
             where kind = :kind and code = :code and subject_id <> :newest
               and status in ('business', 'officer')
               for update skip locked
            """)
        .param("kind", kind.code())
        .param("code", code)
        .param("newest", newestId)
        .query(ReviewStore::read)
        .list();
  }

  /**
   * Whether an officer was due for an earlier text of this code and none has decided since: a text
   * is not changed by a blank until the draw spares it.
   */
  boolean officerStillOwed(Review review) {
    return jdbc.sql(
            """
            select officer is null and cardinality(officer_reasons) > 0 from content_review
             where kind = :kind and code = :code and id < :id and status <> 'refused'
             order by id desc limit 1
            """)
        .param("kind", review.kind().code())
        .param("code", review.code())
        .param("id", review.id())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  Optional<Review> find(long id) {
    return jdbc.sql("select * from content_review where id = :id")
        .param("id", id)
        .query(ReviewStore::read)
        .optional();
  }

  static Review read(ResultSet row, int number) throws SQLException {
    return new Review(
        row.getLong("id"),
        SubjectKind.of(row.getString("kind")),
        row.getString("subject_id"),
        row.getString("code"),
        row.getString("version"),
        row.getString("title"),
        row.getString("hash"),
        row.getString("author"),
        row.getString("submitted_by"),
        row.getString("branch"),
        ReviewStatus.of(row.getString("status")),
        words(row.getArray("officer_reasons")).stream().map(OfficerReason::of).toList(),
        row.getString("pack_version"),
        words(row.getArray("obstacles")),
        words(row.getArray("findings")),
        row.getString("draw"),
        row.getTimestamp("submitted_at").toInstant(),
        row.getTimestamp("stage_since").toInstant(),
        instant(row, "reminded_at"),
        instant(row, "escalated_at"),
        row.getString("business_reviewer"),
        instant(row, "business_decided_at"),
        row.getString("officer"),
        instant(row, "officer_decided_at"),
        row.getString("approval_number"),
        instant(row, "valid_until"),
        instant(row, "closed_at"),
        row.getString("closed_by"),
        row.getString("closed_reason"));
  }

  private static List<String> words(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
