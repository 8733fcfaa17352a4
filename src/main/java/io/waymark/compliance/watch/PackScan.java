package io.waymark.compliance.watch;

import io.waymark.compliance.Finding;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.PackScanner;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePacks;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads all content again when a set of rules comes into force, by a new pack or on the day of a
 * rule, and new template versions as they come. What the rules forbid, or find where those before
 * found nothing, is paused; what they no longer find is freed.
 */
@Component
public class PackScan {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int BATCH = 20;

  private final RulePacks packs;
  private final Templates templates;
  private final TemplateTexts texts;
  private final ObjectProvider<JourneyTexts> journeys;
  private final ContentPauses pauses;
  private final Evasions evasions;
  private final PackScanners scanners;
  private final JdbcClient jdbc;
  private final Clock clock;

  PackScan(
      RulePacks packs,
      Templates templates,
      TemplateTexts texts,
      ObjectProvider<JourneyTexts> journeys,
      ContentPauses pauses,
      Evasions evasions,
      PackScanners scanners,
      JdbcClient jdbc,
      Clock clock) {
    this.packs = packs;
    this.templates = templates;
    this.texts = texts;
    this.journeys = journeys;
    this.pauses = pauses;
    this.evasions = evasions;
    this.scanners = scanners;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How far the rules in force have come, as stored. */
  private record Row(long lastTemplate, @Nullable String previous, boolean finished) {}

  /** The rules that read, and those that read before. */
  private record Readers(RulePack pack, LocalDate day, PackScanner now, @Nullable Earlier before) {}

  private record Earlier(PackScanner scanner, LocalDate day) {

    boolean finds(String text, Finding finding) {
      return scanner.scan(text, day).findings().stream()
          .anyMatch(
              other ->
                  other.ruleId().equals(finding.ruleId())
                      && other.start() < finding.end()
                      && finding.start() < other.end());
    }
  }

  /**
   * Reads the next versions. What it did and how far it came commit together; another node reading
   * at the same time is left alone.
   *
   * @return false when there is nothing more to read now
   */
  @Transactional
  public boolean next() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
    RulePack pack = packs.active(clock.instant());
    LocalDate rulesDay = pack.rulesDay(today);
    begin(pack, rulesDay);
    Optional<Row> locked = lock(pack, rulesDay);
    if (locked.isEmpty()) {
      return false;
    }
    Row row = locked.get();
    List<TemplateVersion> versions = templates.openAfter(row.lastTemplate(), BATCH);
    if (versions.isEmpty() && row.finished()) {
      return false;
    }
    Readers readers =
        new Readers(pack, today, scanners.of(pack.version(), pack.hash()), earlier(row.previous()));
    int hits = 0;
    for (TemplateVersion version : versions) {
      hits += read(version, readers) ? 1 : 0;
    }
    if (versions.isEmpty()) {
      for (JourneyText journey : journeys.stream().flatMap(all -> all.live().stream()).toList()) {
        hits += read(journey, readers) ? 1 : 0;
      }
    }
    advance(pack, rulesDay, versions, hits);
    return true;
  }

  private void begin(RulePack pack, LocalDate rulesDay) {
    jdbc.sql(
            """
            insert into pack_scan (pack_hash, rules_day, pack_version, previous_pack, started_at)
            values (:hash, :day, :version,
                    (select pack_version || '@' || rules_day from pack_scan
                      where finished_at is not null order by started_at desc limit 1),
                    :now)
            on conflict do nothing
            """)
        .param("hash", pack.hash())
        .param("day", rulesDay)
        .param("version", pack.version())
        .param("now", Timestamp.from(clock.instant()))
        .update();
  }

  private Optional<Row> lock(RulePack pack, LocalDate rulesDay) {
    return jdbc.sql(
            """
            select last_template, previous_pack, finished_at is not null as finished
              from pack_scan where pack_hash = :hash and rules_day = :day
               for update skip locked
            """)
        .param("hash", pack.hash())
        .param("day", rulesDay)
        .query(
            (row, number) ->
                new Row(
                    row.getLong("last_template"),
                    row.getString("previous_pack"),
                    row.getBoolean("finished")))
        .optional();
  }

  private @Nullable Earlier earlier(@Nullable String previous) {
    if (previous == null) {
      return null;
    }
    int at = previous.lastIndexOf('@');
    return scanners
        .of(previous.substring(0, at))
        .map(scanner -> new Earlier(scanner, LocalDate.parse(previous.substring(at + 1))))
        .orElse(null);
  }

  private boolean read(TemplateVersion version, Readers readers) {
    List<Finding> found = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (TemplateTexts.Text text : texts.of(version)) {
      for (Finding finding : readers.now().scan(text.text(), readers.day()).findings()) {
        found.add(finding);
        if (stops(text.text(), readers).test(finding)) {
          rules.add(finding.ruleId());
        }
      }
    }
    evasions.note(version, found, readers.pack().version());
    return version.status() == TemplateStatus.APPROVED
        && settle(
            new ContentPauses.Target(
                ContentPauses.TEMPLATE,
                version.id(),
                version.code(),
                version.version(),
                version.hash()),
            rules,
            readers.pack());
  }

  private boolean read(JourneyText journey, Readers readers) {
    List<String> rules = new ArrayList<>();
    for (String text : journey.texts()) {
      readers.now().scan(text, readers.day()).findings().stream()
          .filter(stops(text, readers))
          .forEach(finding -> rules.add(finding.ruleId()));
    }
    boolean hit =
        settle(
            new ContentPauses.Target(
                ContentPauses.JOURNEY,
                journey.id(),
                journey.key(),
                journey.version(),
                journey.hash()),
            rules,
            readers.pack());
    if (hit) {
      journeys.stream().forEach(all -> all.pause(journey, ContentPauses.ACTOR));
    }
    return hit;
  }

  /** What people decided about under the rules before is theirs, unless it is forbidden. */
  private static Predicate<Finding> stops(String text, Readers readers) {
    Earlier before = readers.before();
    return finding ->
        finding.level() == FindingLevel.BLOCK || (before != null && !before.finds(text, finding));
  }

  private boolean settle(ContentPauses.Target target, List<String> rules, RulePack pack) {
    if (rules.isEmpty()) {
      pauses.lift(target, pack.version());
      return false;
    }
    pauses.pause(target, rules.stream().distinct().sorted().toList(), pack.version());
    return true;
  }

  private void advance(
      RulePack pack, LocalDate rulesDay, List<TemplateVersion> versions, int hits) {
    jdbc.sql(
            """
            update pack_scan
               set last_template = greatest(last_template, :last),
                   templates_read = templates_read + :read, hits = hits + :hits,
                   finished_at = case when :ended then :now else finished_at end
             where pack_hash = :hash and rules_day = :day
            """)
        .param("last", versions.isEmpty() ? 0 : versions.get(versions.size() - 1).id())
        .param("read", versions.size())
        .param("hits", hits)
        .param("ended", versions.isEmpty())
        .param("now", Timestamp.from(clock.instant()))
        .param("hash", pack.hash())
        .param("day", rulesDay)
        .update();
  }

  /** The latest passes over all content, latest first. */
  public List<PackScanProgress> latest(int limit) {
    return jdbc.sql("select * from pack_scan order by started_at desc limit :limit")
        .param("limit", limit)
        .query(
            (row, number) -> {
              Timestamp finished = row.getTimestamp("finished_at");
              return new PackScanProgress(
                  row.getString("pack_version"),
                  row.getObject("rules_day", LocalDate.class),
                  row.getTimestamp("started_at").toInstant(),
                  row.getInt("templates_read"),
                  row.getInt("hits"),
                  finished == null ? null : finished.toInstant());
            })
        .list();
  }
}
