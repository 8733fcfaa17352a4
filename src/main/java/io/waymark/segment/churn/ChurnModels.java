package io.waymark.segment.churn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.segment.model.ModelRun;
import io.waymark.segment.model.ModelRuns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code churn_model}: trained models, which of them is in force and who decided it. */
@Component
public class ChurnModels {

  private final JdbcClient jdbc;
  private final ModelRuns runs;
  private final EvidenceLog evidence;
  private final ObjectMapper json;
  private final Clock clock;

  ChurnModels(
      JdbcClient jdbc, ModelRuns runs, EvidenceLog evidence, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.runs = runs;
    this.evidence = evidence;
    this.json = json;
    this.clock = clock;
  }

  /** Asks for a training in the background. */
  public void train(String actor) {
    runs.ask(ChurnTraining.MODEL, actor, actor);
  }

  /** The last training anybody asked for. */
  public Optional<ModelRun> lastTraining() {
    return runs.lastOfAny(ChurnTraining.MODEL);
  }

  /** Keeps a trained model; it waits for a second person. */
  @Transactional
  long keep(ChurnContent content, String version, String trainedBy, Instant now) {
    long id =
        jdbc.sql(
                """
                insert into churn_model (trained_at, trained_by, version, content)
                values (?, ?, ?, ?::jsonb) returning model_id
                """)
            .params(Columns.timestamp(now), trainedBy, version, written(content))
            .query(Long.class)
            .single();
    prove("trained", id, trainedBy);
    return id;
  }

  /** All models, latest first. */
  public List<ChurnModel> all() {
    return jdbc.sql("select * from churn_model order by model_id desc").query(this::read).list();
  }

  public Optional<ChurnModel> find(long id) {
    return jdbc.sql("select * from churn_model where model_id = ?")
        .param(id)
        .query(this::read)
        .optional();
  }

  /** The model whose scores are used; empty when scores come from outside. */
  public Optional<ChurnModel> inForce() {
    return jdbc.sql("select * from churn_model where approved_at is not null and ended_at is null")
        .query(this::read)
        .optional();
  }

  /**
   * Lets a model be used from now on, in place of the one that was.
   *
   * @throws IllegalArgumentException with a Chinese sentence when the officer had it trained, is no
   *     compliance officer, or it is decided already
   */
  @Transactional
  public void approve(long id, String officer) {
    Instant now = clock.instant();
    Optional<Long> waiting =
        jdbc.sql(
                """
                select model_id from churn_model
                 where model_id = :id and approved_at is null and ended_at is null
                   and lower(trained_by) <> lower(:officer)
                   and exists (select from staff
                                where username = :officer and role = 'compliance' and enabled)
                   for update
                """)
            .param("id", id)
            .param("officer", officer)
            .query(Long.class)
            .optional();
    if (waiting.isEmpty()) {
      throw new IllegalArgumentException("无法批准：须由训练人以外的合规人员批准，且模型尚未处理，请刷新后重试。");
    }
    endInForce(officer, now);
    jdbc.sql("update churn_model set approved_by = ?, approved_at = ? where model_id = ?")
        .params(officer, Columns.timestamp(now), id)
        .update();
    prove("approved", id, officer);
    runs.ask(ChurnScores.MODEL, "", officer);
  }

  /**
   * Turns a model down, or ends the one in force: its scores are taken away, and those imported
   * from outside count again.
   *
   * @throws IllegalArgumentException with a Chinese sentence when it is ended already
   */
  @Transactional
  public void end(long id, String officer) {
    int ended =
        jdbc.sql(
                """
                update churn_model set ended_by = ?, ended_at = ?
                 where model_id = ? and ended_at is null
                """)
            .params(officer, Columns.timestamp(clock.instant()), id)
            .update();
    if (ended == 0) {
      throw new IllegalArgumentException("这个模型已经停用，请刷新。");
    }
    prove("ended", id, officer);
    runs.ask(ChurnScores.MODEL, "", officer);
  }

  private void endInForce(String officer, Instant now) {
    jdbc.sql(
            """
            update churn_model set ended_by = ?, ended_at = ?
             where approved_at is not null and ended_at is null
            """)
        .params(officer, Columns.timestamp(now))
        .update();
  }

  private void prove(String what, long id, String actor) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.MODEL_DECIDED,
            "churn:" + id,
            null,
            null,
            actor,
            Map.of("decision", what)));
  }

  private String written(ChurnContent content) {
    try {
      return json.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A churn model cannot be written", e);
    }
  }

  private ChurnModel read(ResultSet row, int number) throws SQLException {
    try {
      return new ChurnModel(
          row.getLong("model_id"),
          Columns.instant(row, "trained_at"),
          row.getString("trained_by"),
          row.getString("version"),
          json.readValue(row.getString("content"), ChurnContent.class),
          row.getString("approved_by"),
          Columns.instantOrNull(row, "approved_at"),
          Columns.instantOrNull(row, "ended_at"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A churn model cannot be read", e);
    }
  }
}
