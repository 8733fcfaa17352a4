package io.waymark.segment;

import io.waymark.customer.tag.TagRegistry;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Purpose;
import io.waymark.segment.rule.AudienceRefusedException;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.Resolving;
import io.waymark.segment.rule.Rule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The audiences as they are written: code, name, rule and how membership is kept. */
@Component
public class Audiences {

  private static final String COLUMNS =
      "code, name, rule, purpose, schedule, live, author, revision, updated_at";

  /** Serialises saving: two audiences saved at once could otherwise close a circle unseen. */
  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtext('waymark.audience'))";

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final TagRegistry tags;
  private final Clock clock;

  public Audiences(
      JdbcClient jdbc,
      EvidenceLog evidence,
      ApplicationEventPublisher events,
      TagRegistry tags,
      Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.events = events;
    this.tags = tags;
    this.clock = clock;
  }

  /**
   * Makes or changes an audience; each save that changes something is a new revision.
   *
   * @throws RuleSyntaxException when the rule cannot be read
   * @throws AudienceRefusedException when code, name, schedule or a referred audience is wrong
   */
  @Transactional
  public Audience save(AudienceDraft draft, String author) {
    checkWords(draft);
    Rule rule = AudienceRules.parse(draft.rule());
    jdbc.sql(ONE_AT_A_TIME).query((row, number) -> "").single();
    checkTags(draft.purpose(), rule, draft.code());
    Optional<Audience> before = find(draft.code());
    if (before.isPresent() && draftOf(before.get()).equals(draft)) {
      return before.get();
    }
    int revision = before.map(Audience::revision).orElse(0) + 1;
    OffsetDateTime at = OffsetDateTime.now(clock);
    jdbc.sql(
            """
            with saved as (
              insert into audience
                (code, name, rule, purpose, schedule, live, author, revision, updated_at)
              values (:code, :name, :rule, :purpose, :schedule, :live, :author, :revision, :at)
              on conflict (code) do update set
                name = excluded.name, rule = excluded.rule, purpose = excluded.purpose,
                schedule = excluded.schedule, live = excluded.live, author = excluded.author,
                revision = excluded.revision, updated_at = excluded.updated_at
              returning *)
            insert into audience_revision
              (code, revision, name, rule, purpose, schedule, live, author, saved_at)
            select code, revision, name, rule, purpose, schedule, live, author, updated_at
              from saved
            """)
        .param("code", draft.code())
        .param("name", draft.name())
        .param("rule", draft.rule())
        .param("purpose", draft.purpose().code())
        .param("schedule", draft.schedule())
        .param("live", draft.live())
        .param("author", author)
        .param("revision", revision)
        .param("at", at)
        .update();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.AUDIENCE_SAVED,
            "audience:" + draft.code(),
            null,
            null,
            author,
            Map.of("revision", revision, "purpose", draft.purpose().code(), "live", draft.live())));
    events.publishEvent(new AudienceSaved(draft.code()));
    return find(draft.code()).orElseThrow();
  }

  public Optional<Audience> find(String code) {
    return jdbc.sql("select " + COLUMNS + " from audience where code = ?")
        .param(code)
        .query(Audiences::audience)
        .optional();
  }

  /** All audiences by code. */
  public List<Audience> all() {
    return jdbc.sql("select " + COLUMNS + " from audience order by code")
        .query(Audiences::audience)
        .list();
  }

  /** Every text the audience ever had, latest first. */
  public List<Audience> revisions(String code) {
    return jdbc.sql(
            """
            select code, name, rule, purpose, schedule, live, author, revision,
                   saved_at as updated_at
            from audience_revision where code = ? order by revision desc
            """)
        .param(code)
        .query(Audiences::audience)
        .list();
  }

  /**
   * What resolves the rule of this audience and those it refers to.
   *
   * @param code empty for a rule that is not saved
   */
  public Resolving resolving(String code) {
    Set<String> barred = new HashSet<>();
    return new Resolving(
        code,
        asked -> {
          Optional<Audience> found = find(asked);
          found
              .filter(one -> asked.equals(code))
              .ifPresent(one -> barred.addAll(tags.barredFrom(one.purpose())));
          return found.map(audience -> AudienceRules.parse(audience.rule()));
        },
        barred::contains);
  }

  /**
   * Why a tag the audience reads may not be used for a purpose, as a Chinese sentence; empty when
   * all may.
   *
   * @throws AudienceRefusedException when there is no such audience
   */
  public Optional<String> barred(String code, Purpose purpose) {
    Resolving resolving = new Resolving(code, this::stored, tags.barredFrom(purpose)::contains);
    return sentence(resolving.barred(resolving.rule()), purpose);
  }

  /** References are followed; tags are asked for by the purpose of this audience. */
  private void checkTags(Purpose purpose, Rule rule, String code) {
    Resolving resolving = new Resolving(code, this::stored, tags.barredFrom(purpose)::contains);
    resolving.check(rule);
    sentence(resolving.barred(rule), purpose)
        .ifPresent(
            sentence -> {
              throw new AudienceRefusedException(sentence);
            });
  }

  private Optional<String> sentence(List<String> barred, Purpose purpose) {
    return barred.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "标签 %s 不能用于“%s”:请去掉这个条件,或请标签的负责人在“标签”页放宽它的用途。"
                .formatted(String.join("、", barred), purpose.code()));
  }

  private Optional<Rule> stored(String code) {
    return find(code).map(audience -> AudienceRules.parse(audience.rule()));
  }

  private static AudienceDraft draftOf(Audience audience) {
    return new AudienceDraft(
        audience.code(),
        audience.name(),
        audience.rule(),
        audience.purpose(),
        audience.schedule(),
        audience.live());
  }

  private static void checkWords(AudienceDraft draft) {
    if (!draft.code().matches("[a-z][a-z0-9-]{1,62}")) {
      throw new AudienceRefusedException(
          "人群代码“" + draft.code() + "”不可用:请用小写字母开头,只含小写字母、数字和连字符,2 到 63 位。");
    }
    if (draft.name().isBlank()) {
      throw new AudienceRefusedException("请填写人群名称。");
    }
    if (draft.schedule() != null) {
      Schedule.read(draft.schedule());
    }
    if (draft.live() && draft.schedule() != null) {
      throw new AudienceRefusedException("实时人群时刻都在更新,不需要定时;请去掉定时,或不选实时。");
    }
  }

  private static Audience audience(ResultSet row, int number) throws SQLException {
    return new Audience(
        row.getString("code"),
        row.getString("name"),
        row.getString("rule"),
        Purpose.of(row.getString("purpose")),
        row.getString("schedule"),
        row.getBoolean("live"),
        row.getString("author"),
        row.getInt("revision"),
        row.getTimestamp("updated_at").toInstant());
  }
}
