package io.waymark.compliance.watch;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The versions that are paused because a rule hits them that came into force after their approval.
 * A pause speaks of one version alone: the next version that is approved is free of it.
 */
@Component
public class ContentPauses {

  static final String TEMPLATE = "template";
  static final String JOURNEY = "journey";

  /** Who acts when nobody does. */
  static final String ACTOR = "waymark";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  ContentPauses(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** The rules that pause each of these template versions, in one statement. */
  public Map<Long, List<String>> templates(Collection<Long> versionIds) {
    Map<Long, List<String>> paused = new HashMap<>();
    jdbc.sql(
            """
            select content_id, rules from content_pause
             where kind = 'template' and content_id = any(:ids) and lifted_at is null
            """)
        .param("ids", versionIds.toArray(Long[]::new))
        .query(
            row -> {
              paused.put(row.getLong("content_id"), strings(row, "rules"));
            });
    return paused;
  }

  /** One page, standing ones first, then latest first. */
  public List<ContentPause> page(int offset, int limit) {
    return jdbc.sql(
            """
            select * from content_pause
             order by lifted_at is not null, paused_at desc, pause_id desc
            offset :offset limit :limit
            """)
        .param("offset", offset)
        .param("limit", limit)
        .query(ContentPauses::read)
        .list();
  }

  /** How many stand. */
  public int standing() {
    return jdbc.sql("select count(*) from content_pause where lifted_at is null")
        .query(Integer.class)
        .single();
  }

  /** What is paused, by which rules of which pack. */
  record Target(String kind, long id, String code, int version, String hash) {}

  /**
   * Pauses, or names the rules anew when it is paused already; answers whether it is a new pause.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  boolean pause(Target target, List<String> rules, String packVersion) {
    boolean fresh =
        jdbc.sql(
                """
                insert into content_pause
                  (kind, content_id, code, version, hash, pack_version, rules, paused_at)
                values (:kind, :id, :code, :version, :hash, :pack, :rules, :now)
                on conflict (kind, content_id) where lifted_at is null
                do update set rules = excluded.rules, pack_version = excluded.pack_version
                returning paused_at = :now and xmax = 0
                """)
            .param("kind", target.kind())
            .param("id", target.id())
            .param("code", target.code())
            .param("version", target.version())
            .param("hash", target.hash())
            .param("pack", packVersion)
            .param("rules", rules.toArray(String[]::new))
            .param("now", Timestamp.from(clock.instant()))
            .query(Boolean.class)
            .single();
    if (fresh) {
      prove(EvidenceKind.CONTENT_PAUSED, target, packVersion, String.join(",", rules));
    }
    return fresh;
  }

  /** Lifts the pause of a version, if there is one. */
  @Transactional(propagation = Propagation.MANDATORY)
  void lift(Target target, String packVersion) {
    int lifted =
        jdbc.sql(
                """
                update content_pause set lifted_at = :now, lifted_by = :pack
                 where kind = :kind and content_id = :id and lifted_at is null
                """)
            .param("now", Timestamp.from(clock.instant()))
            .param("pack", packVersion)
            .param("kind", target.kind())
            .param("id", target.id())
            .update();
    if (lifted > 0) {
      prove(EvidenceKind.CONTENT_RESUMED, target, packVersion, "");
    }
  }

  private void prove(EvidenceKind kind, Target target, String packVersion, String rules) {
    evidence.append(
        new EvidenceEntry(
            kind,
            target.kind() + ":" + target.code(),
            null,
            null,
            ACTOR,
            Map.of(
                "version",
                target.version(),
                "hash",
                target.hash(),
                "pack",
                packVersion,
                "rules",
                rules)));
  }

  static List<String> strings(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  private static ContentPause read(ResultSet row, int number) throws SQLException {
    Timestamp lifted = row.getTimestamp("lifted_at");
    return new ContentPause(
        row.getString("kind"),
        row.getLong("content_id"),
        row.getString("code"),
        row.getInt("version"),
        row.getString("pack_version"),
        strings(row, "rules"),
        row.getTimestamp("paused_at").toInstant(),
        lifted == null ? null : lifted.toInstant(),
        row.getString("lifted_by"));
  }
}
