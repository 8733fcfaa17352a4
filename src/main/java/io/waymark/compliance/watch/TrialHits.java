package io.waymark.compliance.watch;

import io.waymark.compliance.FindingLevel;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.staff.BranchScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a trial found, each hit with its sentence; texts are opened for the page that is shown. */
@Component
public class TrialHits {

  /** Characters shown at most on either side of a hit. */
  private static final int AROUND = 40;

  private static final String ENDS = "。！？；!?;\n";

  private final JdbcClient jdbc;
  private final Templates templates;
  private final TemplateTexts texts;
  private final ObjectProvider<JourneyTexts> journeys;
  private final ObjectProvider<SentTexts> sent;

  TrialHits(
      JdbcClient jdbc,
      Templates templates,
      TemplateTexts texts,
      ObjectProvider<JourneyTexts> journeys,
      ObjectProvider<SentTexts> sent) {
    this.jdbc = jdbc;
    this.templates = templates;
    this.texts = texts;
    this.journeys = journeys;
    this.sent = sent;
  }

  private record Row(
      String source,
      String ref,
      @Nullable String reader,
      String change,
      String ruleId,
      String level,
      int from,
      int to) {}

  private record Words(String title, String text) {}

  /**
   * One page in the order of reading.
   *
   * @param change {@code caught} or {@code freed}; null for both
   * @param scope texts sent to customers of other branches are left out
   */
  public List<TrialHit> page(
      long trialId, @Nullable String change, BranchScope scope, int offset, int limit) {
    List<Row> rows =
        jdbc.sql(
                """
                select * from pack_trial_hit
                 where trial_id = :trial and (:change::text is null or change = :change)
                   and (branch is null or :everywhere or branch = any(:branches))
                 order by hit_id offset :offset limit :limit
                """)
            .param("trial", trialId)
            .param("change", change)
            .param("everywhere", scope.all())
            .param("branches", scope.asArray())
            .param("offset", offset)
            .param("limit", limit)
            .query(TrialHits::read)
            .list();
    Map<UUID, SentText> opened = open(rows);
    return rows.stream().map(row -> shown(row, words(row, opened))).toList();
  }

  private Map<UUID, SentText> open(List<Row> rows) {
    List<UUID> ids =
        rows.stream()
            .filter(row -> row.source().equals("message"))
            .map(row -> UUID.fromString(row.ref()))
            .distinct()
            .toList();
    SentTexts kept = sent.getIfAvailable();
    return kept == null || ids.isEmpty() ? Map.of() : kept.open(ids);
  }

  private Optional<Words> words(Row row, Map<UUID, SentText> opened) {
    return switch (row.source()) {
      case "message" ->
          Optional.ofNullable(opened.get(UUID.fromString(row.ref())))
              .map(text -> new Words(text.template(), text.text()));
      case "journey" ->
          journeys.stream()
              .flatMap(all -> all.live().stream())
              .filter(journey -> String.valueOf(journey.id()).equals(row.ref()))
              .findFirst()
              .map(journey -> new Words(journey.key(), String.join("\n", journey.texts())));
      default -> templates.find(Long.parseLong(row.ref())).flatMap(version -> words(row, version));
    };
  }

  private Optional<Words> words(Row row, TemplateVersion version) {
    String reader = row.reader() == null ? "" : row.reader();
    return texts.of(version).stream()
        .filter(text -> text.reader().equals(reader))
        .findFirst()
        .map(text -> new Words(version.metadata().title(), text.text()));
  }

  private static TrialHit shown(Row row, Optional<Words> found) {
    String text = found.map(Words::text).orElse("");
    boolean there = row.to() <= text.length();
    int start = there ? sentenceStart(text, row.from()) : 0;
    int end = there ? sentenceEnd(text, row.to()) : 0;
    return new TrialHit(
        row.source(),
        row.ref(),
        found.map(Words::title).orElse(row.ref()),
        row.reader(),
        row.change(),
        row.ruleId(),
        FindingLevel.valueOf(row.level().toUpperCase(Locale.ROOT)),
        there ? text.substring(start, row.from()) : null,
        there ? text.substring(row.from(), row.to()) : "",
        there ? text.substring(row.to(), end) : "");
  }

  private static int sentenceStart(String text, int at) {
    int start = at;
    while (start > 0 && at - start < AROUND && ENDS.indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    return start;
  }

  private static int sentenceEnd(String text, int at) {
    int end = at;
    while (end < text.length() && end - at < AROUND && ENDS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static Row read(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getString("source"),
        row.getString("ref"),
        row.getString("reader"),
        row.getString("change"),
        row.getString("rule_id"),
        row.getString("level"),
        row.getInt("from_at"),
        row.getInt("to_at"));
  }
}
