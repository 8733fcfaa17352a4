package io.waymark.journey;

import io.waymark.content.Approval;
import io.waymark.evidence.EvidenceKind;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of every journey and their approval. Owns {@code journey_version}.
 *
 * <p>A decision is bound to the exact content hash and is never the author's own: the conditional
 * update says so, and a table constraint says so again for any other writer.
 */
@Component
public class JourneyVersions {

  private static final String COLUMNS = JourneyVersionRows.COLUMNS;

  private static final String OPEN =
      " and status = 'live' and (expires_at is null or expires_at > :now)";

  private final JdbcClient jdbc;
  private final JourneyVersionRows rows;
  private final Clock clock;
  private final ApplicationEventPublisher events;
  private final MarketingEntry entry;
  private final JourneyActs acts;
  private final WaitingEnrolments waiting;

  JourneyVersions(
      JdbcClient jdbc,
      JourneyVersionRows rows,
      Clock clock,
      ApplicationEventPublisher events,
      MarketingEntry entry,
      JourneyActs acts,
      WaitingEnrolments waiting) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.clock = clock;
    this.events = events;
    this.entry = entry;
    this.acts = acts;
    this.waiting = waiting;
  }

  /** A journey as the engine has just taken it, not yet approved. */
  public record Deployed(
      String key,
      int version,
      String name,
      String definitionId,
      String deploymentId,
      String hash,
      JourneySettings settings,
      String author) {}

  /** Records a deployment as a draft, in the deployment's own transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void recordDraft(Deployed journey) {
    jdbc.sql(
            """
            insert into journey_version (journey_key, version, name, definition_id, deployment_id,
                                         hash, settings, status, author, created_at)
            values (:key, :version, :name, :definition, :deployment,
                    :hash, :settings::jsonb, 'draft', :author, :now)
            """)
        .param("key", journey.key())
        .param("version", journey.version())
        .param("name", journey.name())
        .param("definition", journey.definitionId())
        .param("deployment", journey.deploymentId())
        .param("hash", journey.hash())
        .param("settings", rows.write(journey.settings()))
        .param("author", journey.author())
        .param("now", now())
        .update();
    JourneyVersion draft = byDefinition(journey.definitionId()).orElseThrow();
    acts.note(draft, EvidenceKind.JOURNEY_DEPLOYED, "drafted", journey.author(), null, Map.of());
    events.publishEvent(new JourneyDrafted(draft));
  }

  /** Notes that somebody reads a draft to decide about it. */
  @Transactional
  public void submitted(long id) {
    between(id, JourneyStatus.DRAFT, JourneyStatus.IN_REVIEW);
  }

  /** Notes that a review ended without a decision: the version is a draft again. */
  @Transactional
  public void returned(long id) {
    between(id, JourneyStatus.IN_REVIEW, JourneyStatus.DRAFT);
  }

  private void between(long id, JourneyStatus from, JourneyStatus to) {
    jdbc.sql("update journey_version set status = :to where id = :id and status = :from")
        .param("to", to.code())
        .param("id", id)
        .param("from", from.code())
        .update();
  }

  /**
   * Approves a version as the end of its review: from now on it may be published. The table asks
   * for the review itself.
   *
   * @param hash the content the officer has read; an approval of anything else is refused
   * @throws JourneyRefusedException when the officer is the author, the content is another, the
   *     version is decided already, or its audience profiles people without a valid impact
   *     assessment
   */
  @Transactional
  public JourneyVersion approve(long id, String hash, Approval approval) {
    JourneyVersion draft = lockUndecided(id, hash, approval.by());
    entry.require(draft);
    decide(draft, JourneyStatus.APPROVED, approval.by(), approval);
    events.publishEvent(new JourneyApproved(get(id)));
    return get(id);
  }

  /**
   * Rejects a draft for good.
   *
   * @throws JourneyRefusedException as {@link #approve}
   */
  @Transactional
  public void reject(long id, String hash, String officer) {
    decide(lockUndecided(id, hash, officer), JourneyStatus.REJECTED, officer, null);
  }

  /** Stops entries into the live version; customers inside go on. */
  @Transactional
  public void pause(long id, String actor) {
    pause(id, actor, null);
  }

  /** The same, with the reason for the journey's page. */
  @Transactional
  public void pause(long id, String actor, @Nullable String reason) {
    move(id, JourneyStatus.LIVE, JourneyStatus.PAUSED, actor, reason);
  }

  /** Opens a paused version to entries again; who waited for that is let in. */
  @Transactional
  public void resume(long id, String actor) {
    move(id, JourneyStatus.PAUSED, JourneyStatus.LIVE, actor, null);
    waiting.releasePaused(get(id).key());
  }

  /** The version new customers enter, if the journey is live and its approval has not ended. */
  public Optional<JourneyVersion> live(String key) {
    return jdbc.sql(COLUMNS + " where journey_key = :key" + OPEN)
        .param("key", key)
        .param("now", now())
        .query(rows)
        .optional();
  }

  /** The published version of a journey, also while it is paused. */
  public Optional<JourneyVersion> running(String key) {
    return jdbc.sql(COLUMNS + " where journey_key = :key and status in ('live', 'paused')")
        .param("key", key)
        .query(rows)
        .optional();
  }

  /**
   * The version that customers outside the share of a journey's ramp-up enter; empty when there is
   * none, or its approval has ended.
   */
  public Optional<JourneyVersion> yielding(String key) {
    return jdbc.sql(
            COLUMNS
                + " where journey_key = :key and status = 'yielding'"
                + " and (expires_at is null or expires_at > :now)")
        .param("key", key)
        .param("now", now())
        .query(rows)
        .optional();
  }

  /** Every version that new customers may enter now. */
  public List<JourneyVersion> allLive() {
    return jdbc.sql(COLUMNS + " where true" + OPEN + " order by journey_key")
        .param("now", now())
        .query(rows)
        .list();
  }

  /** All versions, newest first within each journey. */
  public List<JourneyVersion> all() {
    return jdbc.sql(COLUMNS + " order by journey_key, version desc").query(rows).list();
  }

  /** All versions of one journey, newest first. */
  public List<JourneyVersion> of(String key) {
    return jdbc.sql(COLUMNS + " where journey_key = :key order by version desc")
        .param("key", key)
        .query(rows)
        .list();
  }

  /** Whether customers may enter this version now. */
  boolean isOpen(JourneyVersion version) {
    return version.status() == JourneyStatus.LIVE
        && (version.expiresAt() == null || version.expiresAt().isAfter(clock.instant()));
  }

  /** Drafts that wait for somebody other than their author, oldest first. */
  public List<JourneyVersion> drafts() {
    return jdbc.sql(COLUMNS + " where status in ('draft', 'in_review') order by created_at")
        .query(rows)
        .list();
  }

  /** Approved versions that wait to be published, by a person or at their hour. */
  public List<JourneyVersion> ready() {
    return jdbc.sql(
            COLUMNS + " where status in ('approved', 'scheduled') order by decided_at desc, id")
        .query(rows)
        .list();
  }

  /** The version with this id. */
  public Optional<JourneyVersion> find(long id) {
    return jdbc.sql(COLUMNS + " where id = :id").param("id", id).query(rows).optional();
  }

  /** The version the engine knows under this definition id. */
  public Optional<JourneyVersion> byDefinition(String definitionId) {
    return jdbc.sql(COLUMNS + " where definition_id = :definition")
        .param("definition", definitionId)
        .query(rows)
        .optional();
  }

  private JourneyVersion lockUndecided(long id, String hash, String officer) {
    // All versions of the journey, so that of two drafts approved at once one comes after the
    // other.
    JourneyVersion version =
        jdbc
            .sql(
                COLUMNS
                    + """
                    where journey_key = (select journey_key from journey_version where id = :id)
                    order by id for update
                    """)
            .param("id", id)
            .query(rows)
            .list()
            .stream()
            .filter(one -> one.id() == id)
            .findFirst()
            .orElseThrow(() -> new JourneyRefusedException("unknown_version", "找不到这个旅程版本。"));
    if (version.status() != JourneyStatus.DRAFT && version.status() != JourneyStatus.IN_REVIEW) {
      throw new JourneyRefusedException("not_a_draft", "该版本已经处理过,不能再次审批。");
    }
    if (version.author().equals(officer)) {
      throw new JourneyRefusedException("author_may_not_approve", "作者不能审批自己的旅程,请由另一位合规人员审批。");
    }
    if (!version.hash().equals(hash)) {
      throw new JourneyRefusedException("content_changed", "内容与您审阅的不一致,请刷新后重新审阅。");
    }
    return version;
  }

  private void decide(
      JourneyVersion draft, JourneyStatus status, String officer, @Nullable Approval approval) {
    int decided =
        jdbc.sql(
                """
                update journey_version
                   set status = :status, decided_by = :officer, decided_at = :now,
                       approval_number = :number, expires_at = :expires
                 where id = :id and status in ('draft', 'in_review') and hash = :hash
                   and author <> :officer
                """)
            .param("status", status.code())
            .param("officer", officer)
            .param("number", approval == null ? null : approval.number())
            .param("expires", approval == null ? null : Timestamp.from(approval.until()))
            .param("now", now())
            .param("id", draft.id())
            .param("hash", draft.hash())
            .update();
    if (decided != 1) {
      throw new JourneyRefusedException("not_a_draft", "该版本已经处理过,不能再次审批。");
    }
    acts.note(
        draft,
        EvidenceKind.JOURNEY_APPROVED,
        status.code(),
        officer,
        null,
        Map.of("decision", status.code()));
    events.publishEvent(new JourneysChanged());
  }

  private void move(
      long id, JourneyStatus from, JourneyStatus to, String actor, @Nullable String reason) {
    int moved =
        jdbc.sql("update journey_version set status = :to where id = :id and status = :from")
            .param("to", to.code())
            .param("id", id)
            .param("from", from.code())
            .update();
    if (moved != 1) {
      throw new JourneyRefusedException("wrong_status", "旅程的状态已经改变,请刷新后再试。");
    }
    acts.note(
        get(id),
        EvidenceKind.JOURNEY_PAUSED,
        to == JourneyStatus.PAUSED ? "paused" : "resumed",
        actor,
        reason,
        Map.of("status", to.code()));
    events.publishEvent(new JourneysChanged());
  }

  private JourneyVersion get(long id) {
    return find(id).orElseThrow();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }
}
