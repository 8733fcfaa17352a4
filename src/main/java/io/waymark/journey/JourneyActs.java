package io.waymark.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The life of each version, act by act, with its proof. Owns {@code journey_act}. */
@Component
public class JourneyActs {

  /** Who acts when no person does. */
  public static final String MACHINE = "waymark";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ObjectMapper json;
  private final Clock clock;

  JourneyActs(JdbcClient jdbc, EvidenceLog evidence, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Notes an act for the journey's page and proves it, in the act's own transaction.
   *
   * @param kind null when another record of the same act is its proof
   * @param reason in words; stays on the page and is no fact of the evidence
   * @param facts codes and figures
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void note(
      JourneyVersion version,
      @Nullable EvidenceKind kind,
      String act,
      String actor,
      @Nullable String reason,
      Map<String, ?> facts) {
    jdbc.sql(
            """
            insert into journey_act (journey_version_id, at, act, actor, reason, facts)
            values (:version, :now, :act, :actor, :reason, :facts::jsonb)
            """)
        .param("version", version.id())
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
        .param("act", act)
        .param("actor", actor)
        .param("reason", reason)
        .param("facts", write(facts))
        .update();
    if (kind != null) {
      prove(version, kind, act, actor, facts);
    }
  }

  private void prove(
      JourneyVersion version, EvidenceKind kind, String act, String actor, Map<String, ?> facts) {
    Map<String, Object> proven = new LinkedHashMap<>(facts);
    proven.put("journey", version.key());
    proven.put("version", version.version());
    proven.put("hash", version.hash());
    proven.put("act", act);
    evidence.append(new EvidenceEntry(kind, version.definitionId(), null, null, actor, proven));
  }

  /** What was done with a journey's versions, latest first. */
  public List<JourneyAct> of(String journeyKey, int most) {
    return jdbc.sql(
            """
            select v.version, a.at, a.act, a.actor, a.reason
              from journey_act a join journey_version v on v.id = a.journey_version_id
             where v.journey_key = :journey
             order by a.id desc limit :most
            """)
        .param("journey", journeyKey)
        .param("most", most)
        .query(JourneyAct.class)
        .list();
  }

  /** The last thing done with a version. */
  public Optional<JourneyAct> last(JourneyVersion version) {
    return jdbc.sql(
            """
            select :number::int as version, at, act, actor, reason from journey_act
             where journey_version_id = :version order by id desc limit 1
            """)
        .param("number", version.version())
        .param("version", version.id())
        .query(JourneyAct.class)
        .optional();
  }

  private String write(Map<String, ?> facts) {
    try {
      return json.writeValueAsString(facts);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
