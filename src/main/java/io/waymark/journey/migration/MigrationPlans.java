package io.waymark.journey.migration;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans to bring customers from one version of a journey to another, and their approval. Owns
 * {@code migration_plan}. A decision is bound to the exact settings and is never the author's own;
 * the updating statement says so, and a table constraint says so again.
 */
@Component
public class MigrationPlans {

  private static final int SHORTEST_REASON = 4;

  private static final Set<JourneyStatus> TARGETS =
      EnumSet.of(
          JourneyStatus.LIVE,
          JourneyStatus.PAUSED,
          JourneyStatus.APPROVED,
          JourneyStatus.SCHEDULED);

  private final JdbcClient jdbc;
  private final PlanRow row;
  private final JourneyVersions versions;
  private final MigrationEngine engine;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  MigrationPlans(
      JdbcClient jdbc,
      PlanRow row,
      JourneyVersions versions,
      MigrationEngine engine,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.row = row;
    this.versions = versions;
    this.engine = engine;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
  }

  /** The plan with this id. */
  public Optional<MigrationPlan> find(long id) {
    return jdbc.sql(PlanRow.SELECT + " where id = :id").param("id", id).query(row::read).optional();
  }

  /** Plans of one journey, newest first. */
  public List<MigrationPlan> of(String journeyKey) {
    return jdbc.sql(PlanRow.SELECT + " where journey_key = :key order by id desc limit 100")
        .param("key", journeyKey)
        .query(row::read)
        .list();
  }

  /**
   * Begins a plan with the map the engine proposes.
   *
   * @throws JourneyRefusedException when the versions are the same, of two journeys, or nobody has
   *     approved the one to go to
   */
  @Transactional
  public MigrationPlan begin(long fromVersionId, long toVersionId, String author) {
    JourneyVersion from = version(fromVersionId);
    JourneyVersion to = target(from, toVersionId);
    MigrationSettings settings = MigrationSettings.beginning(engine.propose(from, to));
    long id =
        jdbc.sql(
                """
                insert into migration_plan (journey_key, from_version_id, to_version_id, map, timers,
                  overdue, spread_minutes, wave_size, pause_seconds, starts_at, reason, hash, status,
                  author, created_at)
                values (:key, :from, :to, :map::jsonb, :timers, :overdue, :spread, :wave, :pause,
                  :starts, :reason, :hash, 'draft', :author, :now)
                returning id
                """)
            .params(row.columns(settings, fromVersionId, toVersionId))
            .param("key", from.key())
            .param("from", from.id())
            .param("to", to.id())
            .param("author", author)
            .param("now", PlanRow.at(clock.instant()))
            .query(Long.class)
            .single();
    return get(id);
  }

  JourneyVersion version(long id) {
    return versions
        .find(id)
        .orElseThrow(() -> new JourneyRefusedException("unknown_version", "找不到这个旅程版本。"));
  }

  JourneyVersion target(JourneyVersion from, long toVersionId) {
    JourneyVersion to = version(toVersionId);
    if (!from.key().equals(to.key()) || from.id() == to.id()) {
      throw new JourneyRefusedException("other_journey", "请选择同一旅程的另一个版本。");
    }
    if (!TARGETS.contains(to.status())) {
      throw new JourneyRefusedException("target_not_approved", "目标版本尚未审批或已结束，请选择已审批或运行中的版本。");
    }
    return to;
  }

  /**
   * Saves a draft of its author.
   *
   * @param hash the settings the author saw
   * @throws JourneyRefusedException when it is no draft of his, or has changed meanwhile
   */
  @Transactional
  public MigrationPlan save(long id, String hash, MigrationSettings settings, String author) {
    MigrationPlan plan = get(id);
    must(
        jdbc.sql(
                """
                update migration_plan
                   set map = :map::jsonb, timers = :timers, overdue = :overdue,
                       spread_minutes = :spread, wave_size = :wave, pause_seconds = :pause,
                       starts_at = :starts, reason = :reason, hash = :hash
                 where id = :id and status = 'draft' and author = :author and hash = :seen
                """)
            .params(row.columns(settings, plan.fromVersionId(), plan.toVersionId()))
            .param("id", id)
            .param("author", author)
            .param("seen", hash)
            .update());
    return get(id);
  }

  /**
   * Hands a draft to somebody else.
   *
   * @throws JourneyRefusedException when the reason is missing, the map is empty or the engine
   *     would not take it, or as {@link #save}
   */
  @Transactional
  public void submit(long id, String hash, String author) {
    MigrationPlan plan = get(id);
    JourneyVersion from = version(plan.fromVersionId());
    JourneyVersion to = target(from, plan.toVersionId());
    if (plan.settings().reason().length() < SHORTEST_REASON) {
      throw new JourneyRefusedException("reason_missing", "请填写迁移原因，至少 4 个字。");
    }
    List<MigrationEngine.Problem> problems = engine.problems(from, to, plan.settings().map());
    if (plan.settings().map().isEmpty() || !problems.isEmpty()) {
      throw new JourneyRefusedException(
          "map_problem", problems.isEmpty() ? "请先对应节点。" : problems.get(0).sentence());
    }
    must(
        jdbc.sql(
                """
                update migration_plan set status = 'submitted', submitted_at = :now
                 where id = :id and status = 'draft' and author = :author and hash = :hash
                """)
            .param("now", PlanRow.at(clock.instant()))
            .param("id", id)
            .param("author", author)
            .param("hash", hash)
            .update());
    prove(plan, "submitted", author);
  }

  /** Takes a plan back that nobody has decided about yet. */
  @Transactional
  public void withdraw(long id, String author) {
    must(
        jdbc.sql(
                """
                update migration_plan set status = 'withdrawn', finished_at = :now
                 where id = :id and status in ('draft', 'submitted') and author = :author
                """)
            .param("now", PlanRow.at(clock.instant()))
            .param("id", id)
            .param("author", author)
            .update());
    prove(get(id), "withdrawn", author);
  }

  /**
   * Approves exactly what was read; it begins at its hour.
   *
   * @throws JourneyRefusedException when the officer is the author, it is no longer what was read,
   *     the version to go to is not in force any more, or another plan moves the same customers
   */
  @Transactional
  public void approve(long id, String hash, String officer) {
    MigrationPlan plan = decidable(id, hash, officer);
    target(version(plan.fromVersionId()), plan.toVersionId());
    Instant starts =
        plan.settings().startsAt() == null ? clock.instant() : plan.settings().startsAt();
    try {
      must(
          jdbc.sql(
                  """
                  update migration_plan
                     set status = 'approved', decided_by = :officer, decided_at = :now,
                         decided_hash = :hash, next_at = :starts
                   where id = :id and status = 'submitted' and hash = :hash and author <> :officer
                  """)
              .param("officer", officer)
              .param("now", PlanRow.at(clock.instant()))
              .param("hash", hash)
              .param("starts", PlanRow.at(starts))
              .param("id", id)
              .update());
    } catch (DuplicateKeyException another) {
      throw new JourneyRefusedException("another_runs", "该版本已有另一个迁移在进行，请先等它完成或停止并撤销它。");
    }
    prove(plan, "approved", officer);
    events.publishEvent(new MigrationRuns.MigrationDue());
  }

  /** Rejects a plan for good; as {@link #approve}. */
  @Transactional
  public void reject(long id, String hash, String officer) {
    MigrationPlan plan = decidable(id, hash, officer);
    must(
        jdbc.sql(
                """
                update migration_plan
                   set status = 'rejected', decided_by = :officer, decided_at = :now,
                       decided_hash = :hash, finished_at = :now
                 where id = :id and status = 'submitted' and hash = :hash and author <> :officer
                """)
            .param("officer", officer)
            .param("now", PlanRow.at(clock.instant()))
            .param("hash", hash)
            .param("id", id)
            .update());
    prove(plan, "rejected", officer);
  }

  private MigrationPlan decidable(long id, String hash, String officer) {
    MigrationPlan plan = get(id);
    if (plan.author().equals(officer)) {
      throw new JourneyRefusedException("author_may_not_approve", "作者不能审批自己的迁移，请由另一位人员审批。");
    }
    if (!plan.hash().equals(hash)) {
      throw new JourneyRefusedException("content_changed", "内容与您审阅的不一致，请刷新后重新审阅。");
    }
    return plan;
  }

  MigrationPlan get(long id) {
    return find(id)
        .orElseThrow(() -> new JourneyRefusedException("unknown_plan", "找不到这个迁移，请返回列表。"));
  }

  static void must(int touched) {
    if (touched != 1) {
      throw new JourneyRefusedException("wrong_status", "该迁移的状态或内容已经改变，或不是您创建的，请刷新后再试。");
    }
  }

  void prove(MigrationPlan plan, String act, String by) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.MIGRATION_DECIDED,
            "migration:" + plan.id(),
            null,
            null,
            by,
            Map.of(
                "journey", plan.journeyKey(),
                "fromVersion", plan.fromVersionId(),
                "toVersion", plan.toVersionId(),
                "hash", plan.hash(),
                "act", act,
                "moved", plan.moved())));
  }
}
