package io.waymark.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.content.Approval;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
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

  private static final String COLUMNS =
      """
      select id, journey_key, version, name, definition_id, deployment_id, hash, settings, status,
             author, created_at, decided_by, decided_at, approval_number, expires_at
        from journey_version
      """;

  private static final String OPEN =
      " and status = 'live' and (expires_at is null or expires_at > :now)";

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Clock clock;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final MarketingEntry entry;

  JourneyVersions(
      JdbcClient jdbc,
      ObjectMapper json,
      Clock clock,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      MarketingEntry entry) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
    this.evidence = evidence;
    this.events = events;
    this.entry = entry;
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
        .param("settings", write(journey.settings()))
        .param("author", journey.author())
        .param("now", now())
        .update();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_DEPLOYED,
            journey.definitionId(),
            null,
            null,
            journey.author(),
            Map.of(
                "journey", journey.key(), "version", journey.version(), "hash", journey.hash())));
    events.publishEvent(new JourneyDrafted(byDefinition(journey.definitionId()).orElseThrow()));
  }

  /**
   * Puts a draft in force as the end of its review: from now on new customers enter it, and the
   * version before it ends. The table asks for the review itself.
   *
   * @param hash the content the officer has read; an approval of anything else is refused
   * @throws JourneyRefusedException when the officer is the author, the content is another, the
   *     version is no draft, or its audience profiles people without a valid impact assessment
   */
  @Transactional
  public JourneyVersion approve(long id, String hash, Approval approval) {
    JourneyVersion draft = lockDraft(id, hash, approval.by());
    entry.require(draft.settings());
    jdbc.sql(
            """
            update journey_version set status = 'ended', ended_at = :now
             where journey_key = :key and status in ('live', 'paused')
            """)
        .param("now", now())
        .param("key", draft.key())
        .update();
    decide(draft, JourneyStatus.LIVE, approval.by(), approval);
    return get(id);
  }

  /**
   * Rejects a draft for good.
   *
   * @throws JourneyRefusedException as {@link #approve}
   */
  @Transactional
  public void reject(long id, String hash, String officer) {
    decide(lockDraft(id, hash, officer), JourneyStatus.REJECTED, officer, null);
  }

  /** Stops entries into the live version; customers inside go on. */
  @Transactional
  public void pause(long id, String actor) {
    move(id, JourneyStatus.LIVE, JourneyStatus.PAUSED, actor);
  }

  /** Opens a paused version to entries again. */
  @Transactional
  public void resume(long id, String actor) {
    move(id, JourneyStatus.PAUSED, JourneyStatus.LIVE, actor);
  }

  /** The version new customers enter, if the journey is live and its approval has not ended. */
  public Optional<JourneyVersion> live(String key) {
    return jdbc.sql(COLUMNS + " where journey_key = :key" + OPEN)
        .param("key", key)
        .param("now", now())
        .query(this::version)
        .optional();
  }

  /** Every version that new customers may enter now. */
  public List<JourneyVersion> allLive() {
    return jdbc.sql(COLUMNS + " where true" + OPEN + " order by journey_key")
        .param("now", now())
        .query(this::version)
        .list();
  }

  /** All versions, newest first within each journey. */
  public List<JourneyVersion> all() {
    return jdbc.sql(COLUMNS + " order by journey_key, version desc").query(this::version).list();
  }

  /** All versions of one journey, newest first. */
  public List<JourneyVersion> of(String key) {
    return jdbc.sql(COLUMNS + " where journey_key = :key order by version desc")
        .param("key", key)
        .query(this::version)
        .list();
  }

  /** Whether customers may enter this version now. */
  boolean isOpen(JourneyVersion version) {
    return version.status() == JourneyStatus.LIVE
        && (version.expiresAt() == null || version.expiresAt().isAfter(clock.instant()));
  }

  /** Drafts that wait for somebody other than their author, oldest first. */
  public List<JourneyVersion> drafts() {
    return jdbc.sql(COLUMNS + " where status = 'draft' order by created_at")
        .query(this::version)
        .list();
  }

  /** The version with this id. */
  public Optional<JourneyVersion> find(long id) {
    return jdbc.sql(COLUMNS + " where id = :id").param("id", id).query(this::version).optional();
  }

  /** The version the engine knows under this definition id. */
  public Optional<JourneyVersion> byDefinition(String definitionId) {
    return jdbc.sql(COLUMNS + " where definition_id = :definition")
        .param("definition", definitionId)
        .query(this::version)
        .optional();
  }

  private JourneyVersion lockDraft(long id, String hash, String officer) {
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
            .query(this::version)
            .list()
            .stream()
            .filter(one -> one.id() == id)
            .findFirst()
            .orElseThrow(() -> new JourneyRefusedException("unknown_version", "找不到这个旅程版本。"));
    if (version.status() != JourneyStatus.DRAFT) {
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
                 where id = :id and status = 'draft' and hash = :hash and author <> :officer
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
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_APPROVED,
            draft.definitionId(),
            null,
            null,
            officer,
            Map.of("journey", draft.key(), "hash", draft.hash(), "decision", status.code())));
    events.publishEvent(new JourneysChanged());
  }

  private void move(long id, JourneyStatus from, JourneyStatus to, String actor) {
    int moved =
        jdbc.sql("update journey_version set status = :to where id = :id and status = :from")
            .param("to", to.code())
            .param("id", id)
            .param("from", from.code())
            .update();
    if (moved != 1) {
      throw new JourneyRefusedException("wrong_status", "旅程的状态已经改变,请刷新后再试。");
    }
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_PAUSED,
            get(id).definitionId(),
            null,
            null,
            actor,
            Map.of("journey", get(id).key(), "status", to.code())));
    events.publishEvent(new JourneysChanged());
  }

  private JourneyVersion get(long id) {
    return find(id).orElseThrow();
  }

  private JourneyVersion version(ResultSet row, int index) throws SQLException {
    return new JourneyVersion(
        row.getLong("id"),
        row.getString("journey_key"),
        row.getInt("version"),
        row.getString("name"),
        row.getString("definition_id"),
        row.getString("deployment_id"),
        row.getString("hash"),
        read(row.getString("settings")),
        JourneyStatus.of(row.getString("status")),
        row.getString("author"),
        instant(row, "created_at"),
        row.getString("decided_by"),
        row.getTimestamp("decided_at") == null ? null : instant(row, "decided_at"),
        row.getString("approval_number"),
        row.getTimestamp("expires_at") == null ? null : instant(row, "expires_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai"));
  }

  private String write(JourneySettings settings) {
    try {
      return json.writeValueAsString(settings);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private JourneySettings read(@Nullable String settings) {
    try {
      return json.readValue(settings, JourneySettings.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
