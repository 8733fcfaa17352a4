package io.waymark.content;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions of every message template and who approved which. At most one version of a code is
 * approved; the table itself refuses an approval by the author and any change of a stored text.
 */
@Component
public class Templates {

  private static final String FILTER =
      """
       where (:status::text is null or status = :status)
         and (:channel::text is null or channel = :channel)
         and (:purpose::text is null or purpose = :purpose)
         and (:text::text is null or position(lower(:text) in lower(code || ' ' || title)) > 0)
      """;

  private static final String PAGE =
      " order by created_at desc, id desc offset :offset limit :limit";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Templates(JdbcClient jdbc, EvidenceLog evidence, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
    this.events = events;
  }

  /** The version of this code that may be sent at this instant. */
  public Optional<TemplateVersion> approved(String code, Instant at) {
    return Optional.ofNullable(approvedAll(List.of(code), at).get(code));
  }

  /** Same for many codes in one statement; codes without an approved version are absent. */
  public Map<String, TemplateVersion> approvedAll(Collection<String> codes, Instant at) {
    return jdbc
        .sql(
            """
            select * from template_version
             where code = any(:codes) and status = 'approved' and expires_at > :at
            """)
        .param("codes", codes.toArray(String[]::new))
        .param("at", Timestamp.from(at))
        .query(Templates::read)
        .list()
        .stream()
        .collect(Collectors.toMap(TemplateVersion::code, Function.identity()));
  }

  /**
   * Stores a text as a draft; the same content as the latest version is that version.
   *
   * @throws TemplateRefusedException naming every line that is not allowed
   */
  @Transactional
  public TemplateVersion draft(TemplateMetadata metadata, String source, String author) {
    return store(metadata, source, author);
  }

  /**
   * Stores a text and puts it on the officers' list; the same content as the latest version is no
   * new version, whatever has been decided about it.
   *
   * @throws TemplateRefusedException naming every line that is not allowed
   */
  @Transactional
  public TemplateVersion submit(TemplateMetadata metadata, String source, String author) {
    TemplateVersion version = store(metadata, source, author);
    inReview(version.id());
    return find(version.id()).orElseThrow();
  }

  /** Notes that people are reading a draft. */
  @Transactional
  public void inReview(long versionId) {
    jdbc.sql("update template_version set status = 'in_review' where id = :id and status = 'draft'")
        .param("id", versionId)
        .update();
  }

  /** Notes that a review ended without an approval; the author may submit it again or change it. */
  @Transactional
  public void backToDraft(long versionId) {
    jdbc.sql("update template_version set status = 'draft' where id = :id and status = 'in_review'")
        .param("id", versionId)
        .update();
  }

  private TemplateVersion store(TemplateMetadata metadata, String source, String author) {
    List<TemplateProblem> problems = MetadataRules.problems(metadata, source);
    if (!problems.isEmpty()) {
      throw new TemplateRefusedException(problems);
    }
    Timestamp now = Timestamp.from(clock.instant());
    lock(metadata.code(), now);
    String hash = TemplateHash.of(metadata, source);
    TemplateVersion latest = versionsOf(metadata.code()).stream().findFirst().orElse(null);
    if (latest != null
        && latest.hash().equals(hash)
        && latest.status() != TemplateStatus.WITHDRAWN) {
      return latest;
    }
    TemplateVersion stored =
        jdbc.sql(
                """
                insert into template_version
                  (code, version, hash, title, channel, purpose, product_class, metadata, source,
                   status, author, created_at)
                values
                  (:code, :version, :hash, :title, :channel, :purpose, :productClass,
                   :metadata::jsonb, :source, 'draft', :author, :now)
                returning *
                """)
            .param("code", metadata.code())
            .param("version", latest == null ? 1 : latest.version() + 1)
            .param("hash", hash)
            .param("title", metadata.title())
            .param("channel", metadata.channel().code())
            .param("purpose", metadata.purpose().code())
            .param("productClass", metadata.productClass())
            .param("metadata", MetadataJson.write(metadata))
            .param("source", source)
            .param("author", author)
            .param("now", now)
            .query(Templates::read)
            .single();
    events.publishEvent(new TemplateStored(stored));
    return stored;
  }

  /** Versions of one code are numbered and approved one after the other. */
  private void lock(String code, Timestamp now) {
    jdbc.sql(
            """
            insert into template (code, created_at) values (:code, :now)
            on conflict (code) do update set code = excluded.code
            """)
        .param("code", code)
        .param("now", now)
        .update();
  }

  /**
   * Puts exactly this content in force as the end of its review; an earlier approved version is
   * replaced. The table asks for the review itself.
   *
   * @throws TemplateRefusedException when the officer is the author, the content is another, the
   *     version is not open for approval or the expiry is not in the future
   */
  @Transactional
  public TemplateVersion approve(long versionId, String hash, Approval approval) {
    String officer = approval.by();
    Instant expires = approval.until();
    Instant now = clock.instant();
    TemplateVersion version = find(versionId).orElseThrow(Templates::unknown);
    lock(version.code(), Timestamp.from(now));
    replaceApproved(version, officer, now);
    Optional<TemplateVersion> approved =
        jdbc.sql(
                """
                update template_version
                   set status = 'approved', approved_by = :officer, approved_at = :now,
                       expires_at = :expires, approval_number = :number
                 where id = :id and hash = :hash and status in ('draft', 'in_review')
                   and lower(author) <> lower(:officer) and :expires > :now
                returning *
                """)
            .param("id", versionId)
            .param("hash", hash)
            .param("officer", officer)
            .param("now", Timestamp.from(now))
            .param("expires", Timestamp.from(expires))
            .param("number", approval.number())
            .query(Templates::read)
            .optional();
    TemplateVersion decided =
        approved.orElseThrow(() -> refusal(versionId, hash, officer, expires, now));
    prove(decided, officer, "approved", now);
    return decided;
  }

  private void replaceApproved(TemplateVersion by, String officer, Instant now) {
    jdbc.sql(
            """
            update template_version
               set status = 'withdrawn', withdrawn_by = :officer, withdrawn_at = :now,
                   withdrawn_reason = :reason
             where code = :code and status = 'approved' and id <> :id
            """)
        .param("officer", officer)
        .param("now", Timestamp.from(now))
        .param("reason", "由第 %d 版替代".formatted(by.version()))
        .param("code", by.code())
        .param("id", by.id())
        .update();
  }

  private TemplateRefusedException refusal(
      long versionId, String hash, String officer, Instant expires, Instant now) {
    TemplateVersion version = find(versionId).orElseThrow(Templates::unknown);
    if (version.author().equalsIgnoreCase(officer)) {
      return refused("own_template", "不能审核自己编写的模板, 请交由另一位合规人员审核。");
    }
    if (!version.hash().equals(hash)) {
      return refused("other_content", "模板内容与您看到的不一致, 请刷新后重新审核。");
    }
    if (!expires.isAfter(now)) {
      return refused("expired", "批准的有效期必须晚于现在, 请重新选择日期。");
    }
    return refused("not_open", "该版本已处理 (%s), 请刷新列表。".formatted(version.status().code()));
  }

  /**
   * Takes a version back; nothing of its code is sent until another is approved.
   *
   * @throws TemplateRefusedException when it is withdrawn already
   */
  @Transactional
  public void withdraw(long versionId, String actor, String reason) {
    Instant now = clock.instant();
    TemplateVersion withdrawn =
        jdbc.sql(
                """
                update template_version
                   set status = 'withdrawn', withdrawn_by = :actor, withdrawn_at = :now,
                       withdrawn_reason = :reason
                 where id = :id and status <> 'withdrawn'
                returning *
                """)
            .param("id", versionId)
            .param("actor", actor)
            .param("now", Timestamp.from(now))
            .param("reason", reason)
            .query(Templates::read)
            .optional()
            .orElseThrow(() -> refused("not_open", "该版本不存在或已撤回, 请刷新列表。"));
    prove(withdrawn, actor, "withdrawn", now);
    events.publishEvent(new TemplateTakenBack(withdrawn, actor, reason));
  }

  private void prove(TemplateVersion version, String actor, String decision, Instant at) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.TEMPLATE_APPROVED,
            "template:" + version.code(),
            null,
            null,
            actor,
            Map.of(
                "decision", decision,
                "version", version.version(),
                "versionId", version.id(),
                "hash", version.hash(),
                "author", version.author(),
                "approvalNumber", orEmpty(version.approvalNumber()),
                "expires", version.expiresAt() == null ? "" : version.expiresAt().toString(),
                "at", at.toString())));
  }

  public Optional<TemplateVersion> find(long versionId) {
    return jdbc.sql("select * from template_version where id = :id")
        .param("id", versionId)
        .query(Templates::read)
        .optional();
  }

  /** All versions of a code, latest first. */
  public List<TemplateVersion> versionsOf(String code) {
    return jdbc.sql("select * from template_version where code = :code order by version desc")
        .param("code", code)
        .query(Templates::read)
        .list();
  }

  /** The newest version of each of these codes; codes without any are absent. One statement. */
  public Map<String, TemplateVersion> latestAll(Collection<String> codes) {
    return jdbc
        .sql(
            """
            select distinct on (code) * from template_version
             where code = any(:codes) order by code, version desc
            """)
        .param("codes", codes.toArray(String[]::new))
        .query(Templates::read)
        .list()
        .stream()
        .collect(Collectors.toMap(TemplateVersion::code, Function.identity()));
  }

  /** What is wrong with a text before it is stored; empty when it would be. */
  public List<TemplateProblem> problems(TemplateMetadata metadata, String source) {
    return MetadataRules.problems(metadata, source);
  }

  /** Number of the newest version of a code; 0 when there is none. */
  public int latest(String code) {
    return jdbc.sql("select coalesce(max(version), 0) from template_version where code = :code")
        .param("code", code)
        .query(Integer.class)
        .single();
  }

  /** Versions that speak to customers or may yet, in the order of their ids, after one of them. */
  public List<TemplateVersion> openAfter(long versionId, int limit) {
    return jdbc.sql(
            """
            select * from template_version
             where id > :after and status <> 'withdrawn' order by id limit :limit
            """)
        .param("after", versionId)
        .param("limit", limit)
        .query(Templates::read)
        .list();
  }

  /** How many versions speak to customers or may yet. */
  public int countOpen() {
    return jdbc.sql("select count(*) from template_version where status <> 'withdrawn'")
        .query(Integer.class)
        .single();
  }

  /** One page of versions, newest first. */
  public List<TemplateVersion> page(TemplateFilter filter, int offset, int limit) {
    return filtered("select * from template_version" + FILTER + PAGE, filter)
        .param("offset", offset)
        .param("limit", limit)
        .query(Templates::read)
        .list();
  }

  /** How many versions a filter lists. */
  public long count(TemplateFilter filter) {
    return filtered("select count(*) from template_version" + FILTER, filter)
        .query(Long.class)
        .single();
  }

  private JdbcClient.StatementSpec filtered(String sql, TemplateFilter filter) {
    return jdbc.sql(sql)
        .param("status", filter.status() == null ? null : filter.status().code())
        .param("channel", filter.channel() == null ? null : filter.channel().code())
        .param("purpose", filter.purpose() == null ? null : filter.purpose().code())
        .param("text", filter.text());
  }

  private static TemplateVersion read(ResultSet row, int number) throws SQLException {
    String code = row.getString("code");
    return new TemplateVersion(
        row.getLong("id"),
        code,
        row.getInt("version"),
        row.getString("hash"),
        MetadataJson.read(code, row.getString("metadata")),
        row.getString("source"),
        TemplateStatus.of(row.getString("status")),
        row.getString("author"),
        row.getString("approved_by"),
        instant(row, "approved_at"),
        instant(row, "expires_at"),
        row.getString("approval_number"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("withdrawn_by"),
        instant(row, "withdrawn_at"),
        row.getString("withdrawn_reason"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static TemplateRefusedException unknown() {
    return refused("unknown", "没有这个模板版本, 请刷新列表。");
  }

  private static TemplateRefusedException refused(String code, String message) {
    return new TemplateRefusedException("decision", code, message);
  }
}
