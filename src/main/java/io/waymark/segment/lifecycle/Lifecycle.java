package io.waymark.segment.lifecycle;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.customer.tag.TagValue;
import io.waymark.customer.tag.TagWriter;
import io.waymark.platform.database.Columns;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyInForce;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code lifecycle_stage}: the stage each customer is in, since when. */
@Component
public class Lifecycle {

  /** The tag a stage is written to. */
  public static final String TAG = "lifecycle_stage";

  /** A customer went from one stage to another; properties {@code from} and {@code to}. */
  public static final String CHANGED = "lifecycle.changed";

  /** Code of the model. */
  public static final String MODEL = "lifecycle";

  private static final String ACTOR = "score:lifecycle";

  /** A stage that lasts is confirmed this often, well within its tag's freshness. */
  private static final Duration CONFIRMED = Duration.ofDays(4);

  private final JdbcClient jdbc;
  private final PolicyDocuments documents;
  private final LifecyclePolicyKind kind;
  private final AudienceQuestions questions;
  private final TagWriter tags;
  private final CustomerEvents events;
  private final Clock clock;

  Lifecycle(
      JdbcClient jdbc,
      PolicyDocuments documents,
      LifecyclePolicyKind kind,
      AudienceQuestions questions,
      TagWriter tags,
      CustomerEvents events,
      Clock clock) {
    this.jdbc = jdbc;
    this.documents = documents;
    this.kind = kind;
    this.questions = questions;
    this.tags = tags;
    this.events = events;
    this.clock = clock;
  }

  /** The stages that apply now. */
  public PolicyInForce<LifecyclePolicy> current() {
    return documents.active(kind, clock.instant());
  }

  /**
   * A version of the policy, whether it applies or not.
   *
   * @throws IllegalArgumentException with a Chinese sentence when there is none or it is unreadable
   */
  LifecyclePolicy version(String version) {
    PolicyDocument document =
        documents
            .find(LifecyclePolicyKind.CODE, version)
            .orElseThrow(() -> new IllegalArgumentException("没有这个版本的生命周期规则，请从列表中选择。"));
    return kind.read(document.source());
  }

  /** What this policy would do with these customers now; nothing is written. */
  List<StageMove> ask(LifecyclePolicy policy, Collection<Long> customerIds, Instant now) {
    Sql question = new StageSql(policy, questions.moment(now)).of(customerIds);
    return jdbc.sql(question.text()).params(question.values()).query(Lifecycle::read).list();
  }

  /**
   * Puts these customers into their stages. Who had none before is told to nobody: history that is
   * loaded is no step of a customer.
   *
   * @return how many went from one stage to another
   */
  @Transactional(propagation = Propagation.MANDATORY)
  int place(Collection<Long> customerIds, Instant now) {
    PolicyInForce<LifecyclePolicy> policy = documents.active(kind, now);
    List<StageMove> all = ask(policy.value(), customerIds, now);
    List<StageMove> moves = all.stream().filter(StageMove::moves).toList();
    List<StageMove> written =
        all.stream().filter(one -> one.next() != null && (one.moves() || due(one, now))).toList();
    if (written.isEmpty()) {
      return 0;
    }
    write(written, policy.version(), now);
    tags.setAll(
        written.stream()
            .map(
                one -> new TagValue(one.customerId(), TAG, Objects.requireNonNull(one.next()), now))
            .toList(),
        ACTOR);
    List<InternalEvent> told =
        moves.stream().filter(one -> one.former() != null).map(one -> told(one, now)).toList();
    if (!told.isEmpty()) {
      events.record(told);
    }
    return told.size();
  }

  private static boolean due(StageMove one, Instant now) {
    return one.asOf() == null || one.asOf().isBefore(now.minus(CONFIRMED));
  }

  private void write(List<StageMove> written, String version, Instant now) {
    jdbc.sql(
            """
            insert into lifecycle_stage as s (customer_id, branch, stage, since, version, as_of)
            select customer_id, branch, stage, :now, :version, :now
              from unnest(:customers::bigint[], :branches::text[], :stages::text[])
                   as g (customer_id, branch, stage)
             order by customer_id
            on conflict (customer_id) do update
               set branch = excluded.branch, stage = excluded.stage, as_of = excluded.as_of,
                   version = excluded.version,
                   since = case when s.stage = excluded.stage then s.since else excluded.since end
            """)
        .param("now", Columns.timestamp(now))
        .param("version", version)
        .param("customers", Columns.longs(written, StageMove::customerId))
        .param("branches", Columns.texts(written, StageMove::branch))
        .param("stages", Columns.texts(written, StageMove::next))
        .update();
  }

  private static InternalEvent told(StageMove move, Instant now) {
    return new InternalEvent(
        "lifecycle",
        "%d:%d".formatted(move.customerId(), now.toEpochMilli()),
        move.customerId(),
        move.branch(),
        CHANGED,
        now,
        Map.of(
            "from",
            Objects.requireNonNull(move.former()),
            "to",
            Objects.requireNonNull(move.next())));
  }

  private static StageMove read(ResultSet row, int number) throws SQLException {
    return new StageMove(
        row.getLong("id"),
        row.getString("branch"),
        row.getString("former"),
        Columns.instantOrNull(row, "as_of"),
        row.getString("next"));
  }
}
