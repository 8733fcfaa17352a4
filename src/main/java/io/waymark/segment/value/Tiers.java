package io.waymark.segment.value;

import io.waymark.customer.tag.TagValue;
import io.waymark.customer.tag.TagWriter;
import io.waymark.platform.database.Columns;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.AudienceRules;
import io.waymark.segment.rule.RuleSql;
import io.waymark.segment.rule.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts every customer into the tier of a scheme, piece by piece. A piece that is done is left alone
 * by the next run, so a run that was cut off is simply run again.
 */
@Component
public class Tiers {

  private static final int PIECE = 2_000;

  /** A value that did not change is confirmed this often, well within its tag's freshness. */
  private static final Duration CONFIRMED = Duration.ofDays(4);

  private final JdbcClient jdbc;
  private final AudienceQuestions questions;
  private final TagWriter tags;
  private final TransactionTemplate transaction;

  Tiers(
      JdbcClient jdbc,
      AudienceQuestions questions,
      TagWriter tags,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.questions = questions;
    this.tags = tags;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Writes the tier of every customer as it is now. Whoever meets a rule gets that tier; where a
   * rule tried before is unknown, the customer has none and a former one is taken away.
   */
  public void assign(TierScheme scheme, Instant now) {
    OptionalLong after = OptionalLong.of(0);
    while (after.isPresent()) {
      long from = after.getAsLong();
      after = Objects.requireNonNull(transaction.execute(status -> assignPiece(scheme, from, now)));
    }
  }

  /**
   * @return the last customer of the piece; empty when there was none
   */
  private OptionalLong assignPiece(TierScheme scheme, long after, Instant now) {
    Sql question = question(scheme, after, now);
    List<Line> lines =
        jdbc.sql(question.text()).params(question.values()).query(Tiers::read).list();
    List<TagValue> known = new ArrayList<>();
    List<Long> lost = new ArrayList<>();
    for (Line line : lines) {
      if (line.tier() == null) {
        if (line.former() != null) {
          lost.add(line.customerId());
        }
      } else if (line.needsWriting(now)) {
        known.add(new TagValue(line.customerId(), scheme.tag(), line.tier(), now));
      }
    }
    tags.setAll(known, actor(scheme));
    if (!lost.isEmpty()) {
      tags.remove(scheme.tag(), lost, actor(scheme));
    }
    return lines.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(lines.get(lines.size() - 1).customerId());
  }

  /** The first rule that is not plainly false decides: true gives its tier, unknown gives none. */
  private Sql question(TierScheme scheme, long after, Instant now) {
    var translation = new RuleSql(questions.moment(now), AudienceRules::none);
    Sql answer = Sql.sql("case ");
    for (Tier tier : scheme.tiers()) {
      if (tier.rule() == null) {
        answer = answer.with(Sql.sql("else ? end", tier.code()));
      } else {
        Sql truth = translation.truth(AudienceRules.parse(tier.rule())).enclosed();
        answer =
            answer
                .with(Sql.sql("when "))
                .with(truth)
                .with(Sql.sql(" then ? when ", tier.code()))
                .with(truth)
                .with(Sql.sql(" is null then null "));
      }
    }
    return Sql.sql("select c.id, ")
        .with(answer)
        .with(
            Sql.sql(
                """
                 as tier, t.value as former, t.as_of
                  from (select * from customer where id > ? order by id limit ?) c
                  left join customer_tag t on t.customer_id = c.id and t.tag = ?
                 order by c.id
                """,
                after,
                PIECE,
                scheme.tag()));
  }

  private static String actor(TierScheme scheme) {
    return "score:" + scheme.tag();
  }

  private static Line read(ResultSet row, int number) throws SQLException {
    return new Line(
        row.getLong("id"),
        row.getString("tier"),
        row.getString("former"),
        Columns.instantOrNull(row, "as_of"));
  }

  /** A customer, the tier he belongs to now and what stands in the tag; null for none. */
  private record Line(
      long customerId, @Nullable String tier, @Nullable String former, @Nullable Instant asOf) {

    boolean needsWriting(Instant now) {
      return !Objects.equals(tier, former) || asOf == null || asOf.isBefore(now.minus(CONFIRMED));
    }
  }
}
