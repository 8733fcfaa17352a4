package io.waymark.compliance.watch;

import io.waymark.compliance.Finding;
import io.waymark.content.TemplateVersion;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Hidden violations that compliance is told of, once for each version and rule. */
@Component
public class Evasions {

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  Evasions(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** One page, latest first. */
  public List<Evasion> page(int offset, int limit) {
    return jdbc.sql(
            """
            select * from evasion order by seen_at desc, content_id desc, rule_id
            offset :offset limit :limit
            """)
        .param("offset", offset)
        .param("limit", limit)
        .query(
            (row, number) ->
                new Evasion(
                    row.getString("rule_id"),
                    row.getString("code"),
                    row.getInt("version"),
                    row.getString("author"),
                    row.getString("matched"),
                    row.getString("pack_version"),
                    row.getTimestamp("seen_at").toInstant()))
        .list();
  }

  @Transactional(propagation = Propagation.MANDATORY)
  void note(TemplateVersion version, Collection<Finding> findings, String packVersion) {
    for (Finding finding : findings) {
      if (finding.evasion() && insert(version, finding, packVersion)) {
        evidence.append(
            new EvidenceEntry(
                EvidenceKind.EVASION_FOUND,
                "template:" + version.code(),
                null,
                null,
                ContentPauses.ACTOR,
                Map.of(
                    "version", version.version(),
                    "author", version.author(),
                    "rule", finding.ruleId(),
                    "pack", packVersion)));
      }
    }
  }

  private boolean insert(TemplateVersion version, Finding finding, String packVersion) {
    return jdbc.sql(
                """
                insert into evasion
                  (content_id, rule_id, code, version, author, matched, pack_version, seen_at)
                values (:id, :rule, :code, :version, :author, :matched, :pack, :now)
                on conflict do nothing
                """)
            .param("id", version.id())
            .param("rule", finding.ruleId())
            .param("code", version.code())
            .param("version", version.version())
            .param("author", version.author())
            .param("matched", finding.matched())
            .param("pack", packVersion)
            .param("now", Timestamp.from(clock.instant()))
            .update()
        > 0;
  }
}
