package io.waymark.contact;

import io.waymark.content.TemplateVersion;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code verdict}: what the gates said, when, and what they looked at. */
@Component
class Verdicts {

  private final JdbcClient jdbc;

  Verdicts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void append(Kind kind, List<Judged> judged, String policyVersion, Instant now) {
    if (judged.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into verdict (
              decided_at, kind, policy_version, message_id, customer_id, branch, participation_id,
              journey_key, node, visit, template, template_version, channel, purpose, product,
              outcome, reason, gate, until, inputs, rule_pack)
            select ?, ?, ?, * from unnest(
              ?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::int[],
              ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::timestamptz[], ?::jsonb[], ?::text[])
            """)
        .params(
            Column.at(now),
            kind.name().toLowerCase(Locale.ROOT),
            policyVersion,
            Column.text(judged, one -> kind == Kind.CHECK ? null : one.messageId()),
            Column.number(judged, one -> one.request().customerId()),
            Column.text(judged, one -> one.request().branch()),
            Column.number(judged, one -> one.request().participationId()),
            Column.text(judged, one -> one.request().journeyKey()),
            Column.text(judged, one -> one.request().node()),
            Column.integer(judged, one -> one.request().visit()),
            Column.text(judged, Judged::textCode),
            Column.integer(judged, one -> of(one, TemplateVersion::version)),
            Column.text(judged, one -> of(one, t -> t.metadata().channel().code())),
            Column.text(judged, one -> of(one, t -> t.metadata().purpose().code())),
            Column.text(judged, one -> one.request().product()),
            Column.text(judged, one -> one.verdict().code()),
            Column.text(judged, one -> reason(one.verdict())),
            Column.text(judged, one -> one.decision().gate()),
            Column.text(judged, one -> until(one.verdict())),
            Column.json(judged, one -> one.decision().inputs()),
            Column.text(judged, Judged::rulePack))
        .update();
  }

  /** Everything said about one message, oldest first. */
  List<VerdictRecord> of(UUID messageId) {
    return jdbc.sql(
            """
            select * from verdict where message_id = ? and decided_at >= ?
             order by decided_at, verdict_id
            """)
        .params(messageId, Column.at(MessageIds.createdAt(messageId)))
        .query(Verdicts::read)
        .list();
  }

  /** The last word about a customer and a template up to a moment; empty when there is none. */
  Optional<VerdictRecord> last(long customerId, String template, Instant at) {
    return jdbc.sql(
            """
            select * from verdict where customer_id = ? and template = ? and decided_at <= ?
             order by decided_at desc, verdict_id desc limit 1
            """)
        .params(customerId, template, Column.at(at))
        .query(Verdicts::read)
        .optional();
  }

  private static VerdictRecord read(ResultSet row, int number) throws SQLException {
    String channel = row.getString("channel");
    String purpose = row.getString("purpose");
    return new VerdictRecord(
        Column.instant(row, "decided_at"),
        row.getString("kind"),
        row.getObject("message_id", UUID.class),
        row.getLong("customer_id"),
        row.getString("branch"),
        row.getString("journey_key"),
        row.getString("node"),
        row.getString("template"),
        row.getObject("template_version", Integer.class),
        channel == null ? null : Channel.of(channel),
        purpose == null ? null : Purpose.of(purpose),
        row.getString("product"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getString("gate"),
        Column.instantOrNull(row, "until"),
        Column.codes(row.getString("inputs")),
        row.getString("policy_version"),
        row.getString("rule_pack"));
  }

  /** On which occasion the gates were asked. */
  enum Kind {
    CHECK,
    SEND,
    DISPATCH
  }

  private static <T> @Nullable T of(Judged judged, Function<TemplateVersion, T> value) {
    TemplateVersion template = judged.template();
    return template == null ? null : value.apply(template);
  }

  private static @Nullable String reason(Verdict verdict) {
    if (verdict instanceof Withheld withheld) {
      return withheld.reason().code();
    }
    return verdict instanceof Deferred deferred ? deferred.reason().code() : null;
  }

  private static @Nullable Instant until(Verdict verdict) {
    return verdict instanceof Deferred deferred ? deferred.until() : null;
  }
}
