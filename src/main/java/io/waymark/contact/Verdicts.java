package io.waymark.contact;

import io.waymark.content.TemplateVersion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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

  void append(Kind kind, List<Entry> entries, String policyVersion, Instant now) {
    if (entries.isEmpty()) {
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
            Column.text(entries, Entry::messageId),
            Column.number(entries, entry -> entry.request().customerId()),
            Column.text(entries, entry -> entry.request().branch()),
            Column.number(entries, entry -> entry.request().participationId()),
            Column.text(entries, entry -> entry.request().journeyKey()),
            Column.text(entries, entry -> entry.request().node()),
            Column.integer(entries, entry -> entry.request().visit()),
            Column.text(entries, entry -> entry.request().template()),
            Column.integer(entries, Entry::templateVersion),
            Column.text(entries, Entry::channel),
            Column.text(entries, Entry::purpose),
            Column.text(entries, entry -> entry.request().product()),
            Column.text(entries, Entry::outcome),
            Column.text(entries, Entry::reason),
            Column.text(entries, entry -> entry.decision().gate()),
            Column.text(entries, Entry::until),
            Column.json(entries, entry -> entry.decision().inputs()),
            Column.text(entries, Entry::rulePack))
        .update();
  }

  /** On which occasion the gates were asked. */
  enum Kind {
    CHECK,
    SEND,
    DISPATCH
  }

  /**
   * One row.
   *
   * @param messageId null for a check
   * @param template null when none was approved
   * @param rulePack null when no text was scanned
   */
  record Entry(
      @Nullable UUID messageId,
      ContactRequest request,
      @Nullable TemplateVersion template,
      GateChain.Decision decision,
      @Nullable String rulePack) {

    @Nullable Integer templateVersion() {
      return template == null ? null : template.version();
    }

    @Nullable String channel() {
      return template == null ? null : template.metadata().channel().code();
    }

    @Nullable String purpose() {
      return template == null ? null : template.metadata().purpose().code();
    }

    String outcome() {
      return decision.verdict().code();
    }

    @Nullable String reason() {
      if (decision.verdict() instanceof Withheld withheld) {
        return withheld.reason().code();
      }
      return decision.verdict() instanceof Deferred deferred ? deferred.reason().code() : null;
    }

    @Nullable Instant until() {
      return decision.verdict() instanceof Deferred deferred ? deferred.until() : null;
    }
  }
}
