package io.waymark.advisor.campaign;

import io.waymark.advisor.TaskRefusedException;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The campaigns. Owns {@code campaign}; one that was handed in is changed by no statement here. */
@Component
public class Campaigns {

  private static final int LONGEST_REASON = 200;

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  Campaigns(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Keeps a new campaign.
   *
   * @param author user name
   * @return its id
   */
  @Transactional
  public long create(CampaignTerms terms, String author) {
    return written(
            terms,
            author,
            """
            insert into campaign (name, audience, purpose, product, strategy, talk_track, materials,
              qualification, due_hours, form, daily_cap, days, own_only, starts_on, ends_on, goal,
              survey, author, updated_at)
            values (:name, :audience, :purpose, :product, :strategy, :talkTrack, :materials,
              :qualification, :dueHours, :form, :dailyCap, :days, :ownOnly, :startsOn, :endsOn,
              :goal, :survey, :author, :now)
            returning id
            """)
        .query(Long.class)
        .single();
  }

  /**
   * Changes a campaign that is still being written.
   *
   * @throws TaskRefusedException when it was handed in meanwhile
   */
  @Transactional
  public void change(long id, CampaignTerms terms, String author) {
    int changed =
        written(
                terms,
                author,
                """
                update campaign set name = :name, audience = :audience, purpose = :purpose,
                  product = :product, strategy = :strategy, talk_track = :talkTrack,
                  materials = :materials, qualification = :qualification, due_hours = :dueHours,
                  form = :form, daily_cap = :dailyCap, days = :days, own_only = :ownOnly,
                  starts_on = :startsOn, ends_on = :endsOn, goal = :goal, survey = :survey,
                  author = :author, updated_at = :now
                where id = :id and version_id is null
                """)
            .param("id", id)
            .update();
    if (changed != 1) {
      throw new TaskRefusedException("submitted", "这个活动已提交审核,不能再改;退回后可修改。请刷新页面。");
    }
  }

  private JdbcClient.StatementSpec written(CampaignTerms terms, String author, String sql) {
    return jdbc.sql(sql)
        .param("name", terms.name().strip())
        .param("audience", terms.audience())
        .param("purpose", terms.purpose())
        .param("product", terms.product())
        .param("strategy", terms.strategy().strip())
        .param("talkTrack", terms.talkTrack())
        .param("materials", terms.materials().toArray(String[]::new))
        .param("qualification", terms.qualification())
        .param("dueHours", terms.dueHours())
        .param("form", terms.form())
        .param("dailyCap", terms.dailyCap())
        .param("days", terms.days().code())
        .param("ownOnly", terms.ownOnly())
        .param("startsOn", terms.startsOn())
        .param("endsOn", terms.endsOn())
        .param("goal", terms.goal())
        .param("survey", terms.survey())
        .param("author", author)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC));
  }

  /** The campaign with this id. */
  public Optional<Campaign> find(long id) {
    return jdbc.sql("select * from campaign where id = ?")
        .param(id)
        .query(Campaigns::read)
        .optional();
  }

  /** The campaign a journey was made from. */
  public Optional<Campaign> ofJourney(String journeyKey) {
    String number = journeyKey.replaceFirst("^campaign-", "");
    return number.matches("\\d{1,15}") && journeyKey.startsWith("campaign-")
        ? find(Long.parseLong(number))
        : Optional.empty();
  }

  /** One page, newest first. */
  public List<Campaign> page(int offset, int limit) {
    return jdbc.sql("select * from campaign order by id desc offset ? limit ?")
        .params(offset, limit)
        .query(Campaigns::read)
        .list();
  }

  /** Those handed in of which not everything is over, oldest first. */
  public List<Campaign> unfinished() {
    return jdbc.sql(
            "select * from campaign where version_id is not null and closed_at is null order by id")
        .query(Campaigns::read)
        .list();
  }

  /** Notes that a campaign was handed in; its row is frozen from now on. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void submitted(long id, long drawing, long version, String by) {
    int changed =
        jdbc.sql(
                """
                update campaign set drawing_id = :drawing, version_id = :version, submitted_by = :by
                where id = :id and version_id is null
                """)
            .param("drawing", drawing)
            .param("version", version)
            .param("by", by)
            .param("id", id)
            .update();
    if (changed != 1) {
      throw new TaskRefusedException("submitted", "这个活动已经提交过了,请刷新页面。");
    }
    prove(id, by, "submitted", Map.of("version", version));
  }

  /** Opens a campaign again that the review gave back; the caller has made sure that it did. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void reopened(long id) {
    jdbc.sql("update campaign set version_id = null, submitted_by = null where id = ?")
        .param(id)
        .update();
  }

  /**
   * Notes that somebody stopped it before its end.
   *
   * @throws TaskRefusedException when the reason is missing or it is over
   */
  @Transactional
  public void stopped(long id, String reason, String by) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new TaskRefusedException("reason", "请写明停止的原因,最多 %d 字。".formatted(LONGEST_REASON));
    }
    int changed =
        jdbc.sql(
                """
                update campaign set stopped_at = :now, stopped_by = :by, stop_reason = :reason
                where id = :id and stopped_at is null and closed_at is null
                """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("by", by)
            .param("reason", reason.strip())
            .param("id", id)
            .update();
    if (changed != 1) {
      throw new TaskRefusedException("over", "这个活动已经停止或结束,请刷新页面。");
    }
    prove(id, by, "stopped", Map.of());
  }

  /** Notes that nobody is left in it. */
  @Transactional
  public void closed(long id) {
    int changed =
        jdbc.sql("update campaign set closed_at = :now where id = :id and closed_at is null")
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .param("id", id)
            .update();
    if (changed == 1) {
      prove(id, "waymark", "closed", Map.of());
    }
  }

  private void prove(long id, String actor, String act, Map<String, ?> facts) {
    Map<String, Object> all = new HashMap<>(facts);
    all.put("act", act);
    evidence.append(
        new EvidenceEntry(EvidenceKind.CAMPAIGN, "campaign:" + id, null, null, actor, all));
  }

  private static Campaign read(ResultSet row, int number) throws SQLException {
    return new Campaign(
        row.getLong("id"),
        terms(row),
        row.getString("author"),
        row.getTimestamp("updated_at").toInstant(),
        row.getObject("drawing_id", Long.class),
        row.getObject("version_id", Long.class),
        row.getString("submitted_by"),
        instant(row, "stopped_at"),
        row.getString("stopped_by"),
        row.getString("stop_reason"),
        instant(row, "closed_at"));
  }

  private static CampaignTerms terms(ResultSet row) throws SQLException {
    return new CampaignTerms(
        row.getString("name"),
        row.getString("audience"),
        row.getString("purpose"),
        row.getString("product"),
        row.getString("strategy"),
        row.getString("talk_track"),
        List.of((String[]) row.getArray("materials").getArray()),
        row.getString("qualification"),
        row.getInt("due_hours"),
        row.getString("form"),
        row.getInt("daily_cap"),
        CampaignDays.of(row.getString("days")),
        row.getBoolean("own_only"),
        row.getObject("starts_on", LocalDate.class),
        row.getObject("ends_on", LocalDate.class),
        row.getString("goal"),
        row.getString("survey"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
