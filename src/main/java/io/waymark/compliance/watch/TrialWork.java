package io.waymark.compliance.watch;

import io.waymark.compliance.Finding;
import io.waymark.compliance.PackScanner;
import io.waymark.compliance.RulePackException;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Does the work of trials, batch by batch; each batch commits with how far it came. */
@Component
class TrialWork {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int TEMPLATES = 20;
  private static final int MESSAGES = 500;

  /** Nobody reads on beyond this; the counts go on. */
  private static final int SHOWN = 20_000;

  private final JdbcClient jdbc;
  private final PackScanners scanners;
  private final PackTrials trials;
  private final Templates templates;
  private final TemplateTexts texts;
  private final ObjectProvider<JourneyTexts> journeys;
  private final ObjectProvider<SentTexts> sent;
  private final Clock clock;

  TrialWork(
      JdbcClient jdbc,
      PackScanners scanners,
      PackTrials trials,
      Templates templates,
      TemplateTexts texts,
      ObjectProvider<JourneyTexts> journeys,
      ObjectProvider<SentTexts> sent,
      Clock clock) {
    this.jdbc = jdbc;
    this.scanners = scanners;
    this.trials = trials;
    this.templates = templates;
    this.texts = texts;
    this.journeys = journeys;
    this.sent = sent;
    this.clock = clock;
  }

  private record Row(
      long id,
      String version,
      String hash,
      String base,
      String stage,
      long lastTemplate,
      @Nullable UUID lastMessage,
      Instant since,
      int found) {}

  /** The draft and the pack in force, and what they say differently about a text. */
  private record Pair(PackScanner draft, LocalDate draftDay, PackScanner base, LocalDate baseDay) {

    List<Hit> differences(
        String text, String source, String ref, @Nullable String branch, @Nullable String reader) {
      List<Finding> will = draft.scan(text, draftDay).findings();
      List<Finding> does = base.scan(text, baseDay).findings();
      List<Hit> hits = new ArrayList<>();
      will.stream()
          .filter(finding -> missing(finding, does))
          .forEach(finding -> hits.add(new Hit(source, ref, branch, reader, "caught", finding)));
      does.stream()
          .filter(finding -> missing(finding, will))
          .forEach(finding -> hits.add(new Hit(source, ref, branch, reader, "freed", finding)));
      return hits;
    }

    private static boolean missing(Finding finding, List<Finding> among) {
      return among.stream()
          .noneMatch(
              other ->
                  other.ruleId().equals(finding.ruleId())
                      && other.level() == finding.level()
                      && other.start() < finding.end()
                      && finding.start() < other.end());
    }
  }

  private record Hit(
      String source,
      String ref,
      @Nullable String branch,
      @Nullable String reader,
      String change,
      Finding finding) {}

  private record Step(
      List<Hit> hits, String stage, long template, @Nullable UUID message, int read) {}

  /** The oldest trial that still runs. */
  Optional<Long> running() {
    return jdbc.sql("select min(trial_id) from pack_trial where status = 'running'")
        .query((row, number) -> row.getObject(1, Long.class))
        .optional();
  }

  /**
   * Reads the next batch of a trial.
   *
   * @return false when there is nothing more to read, or another node reads
   */
  @Transactional
  boolean next(long trialId) {
    Optional<Row> locked = lock(trialId);
    if (locked.isEmpty()) {
      return false;
    }
    Row row = locked.get();
    PackScanner draft = scanners.of(row.version(), row.hash());
    PackScanner base =
        scanners.of(row.base()).orElseThrow(() -> new RulePackException("没有规则库 " + row.base()));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    LocalDate first = draft.pack().effectiveFrom();
    Pair pair = new Pair(draft, first.isAfter(today) ? first : today, base, today);
    Step step =
        switch (row.stage()) {
          case "templates" -> templates(row, pair);
          case "journeys" -> journeys(row, pair);
          default -> messages(row, pair);
        };
    store(row, step.hits());
    advance(row, step);
    return true;
  }

  private Optional<Row> lock(long trialId) {
    return jdbc.sql(
            """
            select * from pack_trial where trial_id = :id and status = 'running'
               for update skip locked
            """)
        .param("id", trialId)
        .query(
            (row, number) ->
                new Row(
                    row.getLong("trial_id"),
                    row.getString("pack_version"),
                    row.getString("pack_hash"),
                    row.getString("base_version"),
                    row.getString("stage"),
                    row.getLong("last_template"),
                    row.getObject("last_message", UUID.class),
                    row.getTimestamp("since").toInstant(),
                    row.getInt("caught") + row.getInt("freed")))
        .optional();
  }

  private Step templates(Row row, Pair pair) {
    List<TemplateVersion> versions = templates.openAfter(row.lastTemplate(), TEMPLATES);
    List<Hit> hits = new ArrayList<>();
    for (TemplateVersion version : versions) {
      Set<String> known = new HashSet<>();
      for (TemplateTexts.Text text : texts.of(version)) {
        boolean source = text.reader().isEmpty();
        pair
            .differences(
                text.text(),
                source ? "template" : "rendered",
                String.valueOf(version.id()),
                null,
                source ? null : text.reader())
            .stream()
            .filter(
                hit -> known.add(hit.change() + hit.finding().ruleId() + hit.finding().matched()))
            .forEach(hits::add);
      }
    }
    return versions.isEmpty()
        ? new Step(hits, "journeys", row.lastTemplate(), null, 0)
        : new Step(
            hits, "templates", versions.get(versions.size() - 1).id(), null, versions.size());
  }

  private Step journeys(Row row, Pair pair) {
    List<Hit> hits = new ArrayList<>();
    for (JourneyText journey : journeys.stream().flatMap(all -> all.live().stream()).toList()) {
      String words = String.join("\n", journey.texts());
      hits.addAll(pair.differences(words, "journey", String.valueOf(journey.id()), null, null));
    }
    return new Step(hits, "messages", row.lastTemplate(), null, 0);
  }

  private Step messages(Row row, Pair pair) {
    List<Hit> hits = new ArrayList<>();
    SentTexts kept = sent.getIfAvailable();
    SentTexts.Batch batch =
        kept == null
            ? new SentTexts.Batch(List.of(), 0, null)
            : kept.next(row.lastMessage(), row.since(), MESSAGES);
    for (SentText text : batch.texts()) {
      hits.addAll(
          pair.differences(
              text.text(), "message", text.messageId().toString(), text.branch(), null));
    }
    return new Step(
        hits,
        batch.last() == null ? "end" : "messages",
        row.lastTemplate(),
        batch.last(),
        batch.read());
  }

  private void store(Row row, List<Hit> hits) {
    for (Hit hit : hits.subList(0, Math.max(0, Math.min(hits.size(), SHOWN - row.found())))) {
      jdbc.sql(
              """
              insert into pack_trial_hit
                (trial_id, source, ref, branch, reader, change, rule_id, level, from_at, to_at)
              values (:trial, :source, :ref, :branch, :reader, :change, :rule, :level, :from, :to)
              """)
          .param("trial", row.id())
          .param("source", hit.source())
          .param("ref", hit.ref())
          .param("branch", hit.branch())
          .param("reader", hit.reader())
          .param("change", hit.change())
          .param("rule", hit.finding().ruleId())
          .param("level", hit.finding().level().code())
          .param("from", hit.finding().start())
          .param("to", hit.finding().end())
          .update();
    }
  }

  private void advance(Row row, Step step) {
    boolean ended = step.stage().equals("end");
    boolean messages = row.stage().equals("messages");
    long caught = step.hits().stream().filter(hit -> hit.change().equals("caught")).count();
    jdbc.sql(
            """
            update pack_trial
               set stage = :stage, last_template = :template,
                   last_message = coalesce(:message::uuid, last_message),
                   templates_read = templates_read + :templates,
                   messages_read = messages_read + :messages,
                   caught = caught + :caught, freed = freed + :freed
             where trial_id = :id
            """)
        .param("stage", ended ? row.stage() : step.stage())
        .param("template", step.template())
        .param("message", step.message())
        .param("templates", messages ? 0 : step.read())
        .param("messages", messages ? step.read() : 0)
        .param("caught", caught)
        .param("freed", step.hits().size() - caught)
        .param("id", row.id())
        .update();
    if (ended) {
      trials.end(row.id(), "done");
    }
  }

  /** Ends a trial that cannot go on, e.g. because its draft was changed. */
  @Transactional
  void fail(long trialId) {
    trials.end(trialId, "failed");
  }
}
