package io.waymark.insight.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The half-yearly self-check of suitability (适当性办法 art. 30), kept twenty years (art. 32). Table
 * {@code self_check}. Figures are those of all branches.
 */
@Component
public class SelfChecks {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_REMARKS = 2_000;

  private static final String FIGURES =
      """
      with verdicts as (
        select outcome, reason, product from verdict
         where kind in ('send', 'dispatch') and decided_at >= :from and decided_at < :to),
      acts as (
        select kind, count(*) as n from evidence where at >= :from and at < :to group by kind)
      select
        (select count(*) from verdicts where product is not null and outcome <> 'withheld')
          as matched,
        (select count(*) from verdicts where reason = 'risk_above_level') as risk_above_level,
        (select count(*) from verdicts where reason = 'minimum_class') as minimum_class,
        (select count(*) from verdicts where reason = 'term_mismatch') as term_mismatch,
        (select count(*) from verdicts where reason = 'type_mismatch') as type_mismatch,
        (select count(*) from verdicts where reason = 'objective_mismatch') as objective_mismatch,
        (select count(*) from verdicts where reason = 'entry_condition') as entry_condition,
        (select count(*) from verdicts where reason = 'high_risk_extra') as high_risk_extra,
        (select count(*) from verdicts where reason = 'assessment_missing') as assessment_missing,
        (select count(*) from verdicts where reason = 'assessment_expired') as assessment_expired,
        (select count(*) from assessment_change
          where recorded_at >= :from and recorded_at < :to) as assessments_recorded,
        (select count(*) from assessment
          where expires_at >= :from and expires_at < least(cast(:to as timestamptz), cast(:now as timestamptz))) as assessments_expired,
        (select count(*) from message
          where created_at >= :from and created_at < :to
            and status in ('sent', 'delivered')) as messages_sent,
        (select coalesce(sum(n), 0) from acts where kind = 'template_approved')
          as templates_decided,
        (select coalesce(sum(n), 0) from acts where kind = 'journey_approved') as journeys_decided,
        (select coalesce(sum(n), 0) from acts
          where kind in ('rule_pack_approved', 'policy_approved')) as policies_approved,
        (select count(distinct customer_id) from suppression
          where reason = 'complaint' and since >= :from and since < :to) as complaints,
        (select count(*) from consent_change
          where state = 'REFUSED' and recorded_at >= :from and recorded_at < :to) as refusals,
        (select count(*) from recall where started_at >= :from and started_at < :to) as recalls,
        (select count(*) from recall where lifted_at >= :from and lifted_at < :to)
          as recalls_lifted,
        (select coalesce(sum(n), 0) from acts where kind = 'evidence_exported')
          as evidence_exported,
        (select coalesce(sum(n), 0) from acts where kind = 'customer_erased') as customers_erased
      """;

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;

  SelfChecks(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  /** The check of a half year: as it was signed, or with the figures of now. */
  @Transactional(readOnly = true)
  public SelfCheck of(HalfYear span) {
    return signed(span).orElseGet(() -> new SelfCheck(span, figures(span), null, null, null));
  }

  /**
   * Signs a check off: its figures are kept as they are now.
   *
   * @throws IllegalArgumentException with a Chinese sentence when the half year is not over, is
   *     signed already, or the remarks are missing
   */
  @Transactional
  public void sign(HalfYear span, String remarks, String officer) {
    String text = remarks.strip();
    if (text.isEmpty() || text.length() > LONGEST_REMARKS) {
      throw new IllegalArgumentException("请填写自查结论，包括培训等系统不统计的事项（不超过 2000 字）。");
    }
    if (clock.instant().isBefore(span.to())) {
      throw new IllegalArgumentException("该半年尚未结束，结束后才能签署。");
    }
    Map<String, Long> figures = figures(span);
    int signed =
        jdbc.sql(
                """
                insert into self_check (half_year, figures, remarks, signed_by, signed_at)
                values (:span, :figures::jsonb, :remarks, :officer, :now) on conflict do nothing
                """)
            .param("span", span.code())
            .param("figures", write(figures))
            .param("remarks", text)
            .param("officer", officer)
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (signed != 1) {
      throw new IllegalArgumentException("该半年的自查已经签署，不能更改。");
    }
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.SELF_CHECK_SIGNED,
            "self_check:" + span.code(),
            null,
            null,
            officer,
            Map.of("figures", figures)));
  }

  private Optional<SelfCheck> signed(HalfYear span) {
    return jdbc.sql("select * from self_check where half_year = ?")
        .param(span.code())
        .query(
            (row, number) -> {
              Map<String, Long> kept = read(row.getString("figures"));
              Map<String, Long> ordered = new LinkedHashMap<>();
              // jsonb keeps no order.
              figureNames().forEach(name -> ordered.put(name, kept.getOrDefault(name, 0L)));
              return new SelfCheck(
                  span,
                  ordered,
                  row.getString("remarks"),
                  row.getString("signed_by"),
                  row.getTimestamp("signed_at").toInstant());
            })
        .optional();
  }

  private Set<String> figureNames() {
    return figures(new HalfYear(2000, 1)).keySet();
  }

  private Map<String, Long> figures(HalfYear span) {
    return jdbc.sql(FIGURES)
        .param("from", Timestamp.from(span.from()))
        .param("to", Timestamp.from(span.to()))
        .param("now", Timestamp.from(clock.instant()))
        .query(
            (row, number) -> {
              Map<String, Long> figures = new LinkedHashMap<>();
              for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                figures.put(row.getMetaData().getColumnLabel(i), row.getLong(i));
              }
              return figures;
            })
        .single();
  }

  private static String write(Map<String, Long> figures) {
    try {
      return JSON.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures are numbers", e);
    }
  }

  private static Map<String, Long> read(String figures) {
    try {
      return JSON.readValue(figures, new TypeReference<Map<String, Long>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("kept figures are not JSON", e);
    }
  }
}
