package io.waymark.journey.drawing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The drawings marketers work on. Owns {@code journey_drawing} and {@code
 * journey_drawing_revision}.
 *
 * <p>Every save is a revision and names the revision it was made from: of two people who draw at
 * once, the later is told who was first, and nothing is written over. The newest {@value #KEPT}
 * revisions are kept, and for good the first one and each that was handed in.
 */
@Component
public class Drawings {

  /** Revisions kept beside the first and those handed in. */
  public static final int KEPT = 100;

  private static final int LONGEST_NAME = 80;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("M月d日 HH:mm").withZone(ZONE);

  private static final String COLUMNS =
      """
      select id, name, author, origin, created_at, revision, saved_by, saved_at
        from journey_drawing
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final EvidenceLog evidence;
  private final Clock clock;

  Drawings(JdbcClient jdbc, ObjectMapper json, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Begins a drawing with these files.
   *
   * @param name what people call it, 1 to 80 characters
   * @param author user name
   * @return its id; its page is {@code /journeys/drawings/{id}}
   * @throws DrawingRefusedException when there is no usable name
   */
  @Transactional
  public long create(String name, DrawingFiles files, DrawingOrigin origin, String author) {
    long id =
        jdbc.sql(
                """
                insert into journey_drawing (name, author, origin, created_at, revision, saved_by,
                                             saved_at)
                values (:name, :author, :origin, :now, 1, :author, :now)
                returning id
                """)
            .param("name", named(name))
            .param("author", author)
            .param("origin", origin.code())
            .param("now", now())
            .query(Long.class)
            .single();
    insert(id, 1, RevisionCause.CREATED, files, author);
    return id;
  }

  /** The drawing with this id. */
  public Optional<Drawing> find(long id) {
    return jdbc.sql(COLUMNS + " where id = :id")
        .param("id", id)
        .query(Drawings::drawing)
        .optional();
  }

  /**
   * Drawings, the last saved first.
   *
   * @param text part of the name; empty for all
   * @param author only this person's; null for everybody's
   */
  public List<Drawing> page(String text, @Nullable String author, int offset, int limit) {
    return jdbc.sql(
            COLUMNS
                + """
                 where (:text = '' or position(lower(:text) in lower(name)) > 0)
                   and (:author::text is null or author = :author)
                 order by saved_at desc, id desc
                offset :offset limit :limit
                """)
        .param("text", text.strip())
        .param("author", author)
        .param("offset", offset)
        .param("limit", limit)
        .query(Drawings::drawing)
        .list();
  }

  /** The files of one revision; empty when it is unknown or no longer kept. */
  public Optional<DrawingFiles> files(long id, int revision) {
    return jdbc.sql(
            """
            select files from journey_drawing_revision
             where drawing_id = :id and revision = :revision
            """)
        .param("id", id)
        .param("revision", revision)
        .query(String.class)
        .optional()
        .map(this::read);
  }

  /** The revisions that are kept, newest first, without their files. */
  public List<DrawingRevision> revisions(long id) {
    return jdbc.sql(
            """
            select revision, cause, hash, saved_by, saved_at, version_id, submitted_by, submitted_at
              from journey_drawing_revision
             where drawing_id = :id
             order by revision desc
            """)
        .param("id", id)
        .query(Drawings::revision)
        .list();
  }

  /**
   * Saves a new revision; equal files change nothing.
   *
   * @param from the revision the files were made from
   * @param cause why, never {@link RevisionCause#CREATED}
   * @return number of the revision that now is the newest
   * @throws DrawingRefusedException with code {@code stale} when somebody else has saved meanwhile,
   *     {@code gone} when the drawing was deleted
   */
  @Transactional
  public int save(long id, int from, RevisionCause cause, DrawingFiles files, String by) {
    Drawing current = lock(id);
    requireNewest(current, from);
    if (hash(id, from).equals(files.hash())) {
      return from;
    }
    int next = from + 1;
    insert(id, next, cause, files, by);
    jdbc.sql(
            """
            update journey_drawing set revision = :next, saved_by = :by, saved_at = :now
             where id = :id
            """)
        .param("next", next)
        .param("by", by)
        .param("now", now())
        .param("id", id)
        .update();
    forget(id, next);
    return next;
  }

  /**
   * Makes an earlier revision the newest one again, as a revision of its own.
   *
   * @throws DrawingRefusedException as {@link #save}, or with code {@code not_kept}
   */
  @Transactional
  public int restore(long id, int from, int earlier, String by) {
    DrawingFiles files =
        files(id, earlier)
            .orElseThrow(() -> new DrawingRefusedException("not_kept", "这个历史版次已不再保留,请刷新后另选一个。"));
    return save(id, from, RevisionCause.RESTORED, files, by);
  }

  /** Gives the drawing another name. */
  @Transactional
  public void rename(long id, String name) {
    int renamed =
        jdbc.sql("update journey_drawing set name = :name where id = :id")
            .param("name", named(name))
            .param("id", id)
            .update();
    if (renamed != 1) {
      throw gone();
    }
  }

  /**
   * Deletes a drawing with its revisions; what was handed in stays a journey version.
   *
   * @param from the revision the person has seen
   * @throws DrawingRefusedException as {@link #save}, or with code {@code not_author}
   */
  @Transactional
  public void delete(long id, int from, String by) {
    Drawing current = lock(id);
    requireNewest(current, from);
    if (!current.author().equals(by)) {
      throw new DrawingRefusedException(
          "not_author", "只有作者“" + current.author() + "”可以删除这张草图;您可以复制一份自己的。");
    }
    jdbc.sql("delete from journey_drawing where id = :id").param("id", id).update();
  }

  /**
   * Notes that a revision was handed in, in the transaction of the deployment.
   *
   * @param versionId the version it became
   * @throws DrawingRefusedException as {@link #save}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void submitted(long id, int revision, long versionId, String by) {
    requireNewest(lock(id), revision);
    jdbc.sql(
            """
            update journey_drawing_revision
               set version_id = :version, submitted_by = :by, submitted_at = :now
             where drawing_id = :id and revision = :revision
            """)
        .param("version", versionId)
        .param("by", by)
        .param("now", now())
        .param("id", id)
        .param("revision", revision)
        .update();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.DRAWING_SUBMITTED,
            "drawing:" + id,
            null,
            null,
            by,
            Map.of("revision", revision, "version", versionId, "hash", hash(id, revision))));
  }

  private void insert(long id, int revision, RevisionCause cause, DrawingFiles files, String by) {
    jdbc.sql(
            """
            insert into journey_drawing_revision (drawing_id, revision, cause, files, hash,
                                                  saved_by, saved_at)
            values (:id, :revision, :cause, :files::jsonb, :hash, :by, :now)
            """)
        .param("id", id)
        .param("revision", revision)
        .param("cause", cause.code())
        .param("files", write(files))
        .param("hash", files.hash())
        .param("by", by)
        .param("now", now())
        .update();
  }

  private void forget(long id, int newest) {
    jdbc.sql(
            """
            delete from journey_drawing_revision
             where drawing_id = :id and revision > 1 and revision <= :oldest and version_id is null
            """)
        .param("id", id)
        .param("oldest", newest - KEPT)
        .update();
  }

  private Drawing lock(long id) {
    return jdbc.sql(COLUMNS + " where id = :id for update")
        .param("id", id)
        .query(Drawings::drawing)
        .optional()
        .orElseThrow(Drawings::gone);
  }

  private static void requireNewest(Drawing current, int from) {
    if (current.revision() != from) {
      throw new DrawingRefusedException(
          "stale",
          "“%s”已于 %s 保存了更新的版次,您的改动没有覆盖它。请先导出您的改动,再刷新页面。"
              .formatted(current.savedBy(), MINUTE.format(current.savedAt())));
    }
  }

  private String hash(long id, int revision) {
    return jdbc.sql(
            """
            select hash from journey_drawing_revision
             where drawing_id = :id and revision = :revision
            """)
        .param("id", id)
        .param("revision", revision)
        .query(String.class)
        .single();
  }

  private static String named(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
      throw new DrawingRefusedException("name", "请填写名称,不超过 " + LONGEST_NAME + " 个字。");
    }
    return stripped;
  }

  private static DrawingRefusedException gone() {
    return new DrawingRefusedException("gone", "这张草图已被删除,请返回列表。");
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZONE);
  }

  private String write(DrawingFiles files) {
    try {
      return json.writeValueAsString(files.texts());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private DrawingFiles read(String files) {
    try {
      return new DrawingFiles(
          json.readValue(files, new TypeReference<TreeMap<String, String>>() {}));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Drawing drawing(ResultSet row, int index) throws SQLException {
    return new Drawing(
        row.getLong("id"),
        row.getString("name"),
        row.getString("author"),
        DrawingOrigin.of(row.getString("origin")),
        instant(row, "created_at"),
        row.getInt("revision"),
        row.getString("saved_by"),
        instant(row, "saved_at"));
  }

  private static DrawingRevision revision(ResultSet row, int index) throws SQLException {
    boolean submitted = row.getString("submitted_by") != null;
    return new DrawingRevision(
        row.getInt("revision"),
        RevisionCause.of(row.getString("cause")),
        row.getString("hash"),
        row.getString("saved_by"),
        instant(row, "saved_at"),
        submitted ? row.getLong("version_id") : null,
        row.getString("submitted_by"),
        submitted ? instant(row, "submitted_at") : null);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
