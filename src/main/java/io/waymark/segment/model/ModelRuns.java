package io.waymark.segment.model;

import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Table {@code model_run}: computations people or the night asked for, done one after the other by
 * whichever node is free. One whose node fell silent is begun again.
 */
@Component
public class ModelRuns {

  private static final Logger log = LoggerFactory.getLogger(ModelRuns.class);

  /** A piece of any model takes less; a node that says nothing for so long is gone. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final Duration KEPT = Duration.ofDays(90);
  private static final int ATTEMPTS = 3;

  private final JdbcClient jdbc;
  private final ObjectProvider<ModelWork> works;
  private final Clock clock;

  ModelRuns(JdbcClient jdbc, ObjectProvider<ModelWork> works, Clock clock) {
    this.jdbc = jdbc;
    this.works = works;
    this.clock = clock;
  }

  /**
   * Asks for a computation; one that waits already is left to do for both.
   *
   * @param actor username, or {@code system}
   */
  @Transactional
  public void ask(String model, String argument, String actor) {
    jdbc.sql(
            """
            insert into model_run (model, argument, status, asked_by, asked_at)
            values (?, ?, 'waiting', ?, ?)
            on conflict (model, argument) where status = 'waiting' do nothing
            """)
        .params(model, argument, actor, Columns.timestamp(clock.instant()))
        .update();
  }

  /** The latest computation of a model. */
  public Optional<ModelRun> last(String model, String argument) {
    return jdbc.sql(
            """
            select * from model_run where model = ? and argument = ? order by run_id desc limit 1
            """)
        .params(model, argument)
        .query(ModelRuns::read)
        .optional();
  }

  /** The latest computation of a model, whatever of it was meant. */
  public Optional<ModelRun> lastOfAny(String model) {
    return jdbc.sql("select * from model_run where model = ? order by run_id desc limit 1")
        .param(model)
        .query(ModelRuns::read)
        .optional();
  }

  /** The latest computation of each of these models as a whole, by model. */
  public Map<String, ModelRun> last(List<String> models) {
    return jdbc
        .sql(
            """
            select distinct on (model) * from model_run
             where model = any(?) and argument = '' order by model, run_id desc
            """)
        .param(models.toArray(String[]::new))
        .query(ModelRuns::read)
        .list()
        .stream()
        .collect(Collectors.toMap(ModelRun::model, Function.identity()));
  }

  /** One computation. */
  public Optional<ModelRun> find(long id) {
    return jdbc.sql("select * from model_run where run_id = ?")
        .param(id)
        .query(ModelRuns::read)
        .optional();
  }

  /**
   * Does one computation that waits, to its end.
   *
   * @return whether there was one
   */
  public boolean work() {
    Optional<ModelRun> taken = take();
    taken.ifPresent(this::run);
    return taken.isPresent();
  }

  private Optional<ModelRun> take() {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            update model_run
               set status = 'running', started_at = :now, alive_at = :now, attempts = attempts + 1,
                   done = 0
             where run_id =
                   (select run_id from model_run
                     where status = 'waiting'
                        or (status = 'running' and alive_at < :silent)
                     order by run_id limit 1 for update skip locked)
            returning *
            """)
        .param("now", Columns.timestamp(now))
        .param("silent", Columns.timestamp(now.minus(SILENCE)))
        .query(ModelRuns::read)
        .optional();
  }

  private void run(ModelRun run) {
    try {
      ModelWork work =
          works.stream()
              .filter(one -> one.model().equals(run.model()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("没有这个模型，请从页面上选择。"));
      finish(run, "done", work.run(run.argument(), (done, total) -> alive(run, done, total)));
    } catch (IllegalArgumentException refused) {
      finish(run, "failed", String.valueOf(refused.getMessage()));
    } catch (RuntimeException failure) {
      log.error("Model {} failed: {}", run.model(), failure.getClass().getName());
      failed(run);
    }
  }

  private void alive(ModelRun run, long done, long total) {
    jdbc.sql("update model_run set alive_at = ?, done = ?, total = ? where run_id = ?")
        .params(Columns.timestamp(clock.instant()), done, total, run.id())
        .update();
  }

  /** What failed for a passing reason is tried again, a few times. */
  private void failed(ModelRun run) {
    boolean again =
        jdbc.sql(
                    """
                    update model_run w set status = 'waiting'
                     where run_id = :id and attempts < :most
                       and not exists (select from model_run o
                                        where o.model = w.model and o.argument = w.argument
                                          and o.status = 'waiting')
                    """)
                .param("id", run.id())
                .param("most", ATTEMPTS)
                .update()
            > 0;
    if (!again) {
      finish(run, "failed", "计算没有完成，请稍后重试；仍不成功请联系运维查看日志。");
    }
  }

  private void finish(ModelRun run, String status, String result) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            update model_run set status = :status, result = :result, finished_at = :now
             where run_id = :id
            """)
        .param("status", status)
        .param("result", result)
        .param("now", Columns.timestamp(now))
        .param("id", run.id())
        .update();
    jdbc.sql("delete from model_run where finished_at < ?")
        .param(Columns.timestamp(now.minus(KEPT)))
        .update();
  }

  private static ModelRun read(ResultSet row, int number) throws SQLException {
    return new ModelRun(
        row.getLong("run_id"),
        row.getString("model"),
        row.getString("argument"),
        row.getString("status"),
        row.getString("asked_by"),
        Columns.instant(row, "asked_at"),
        Columns.instantOrNull(row, "started_at"),
        Columns.instantOrNull(row, "finished_at"),
        row.getLong("done"),
        row.getLong("total"),
        row.getString("result"));
  }
}
