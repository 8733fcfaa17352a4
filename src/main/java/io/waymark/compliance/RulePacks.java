package io.waymark.compliance;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rule packs and the day each comes into force: those shipped with the software and those
 * proposed by one person and approved by another.
 */
@Component
public class RulePacks {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final PackShelf shipped = PackShelf.shipped();
  private volatile PackShelf shelf = shipped;

  RulePacks(JdbcClient jdbc, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
    refresh();
  }

  /**
   * The pack in force: the latest whose first day (Asia/Shanghai) has come, and before the first of
   * all packs the earliest, because a text is never scanned with no rules.
   */
  public RulePack active(Instant at) {
    return shelf.active(at);
  }

  /** Every shipped or approved pack, earliest first. */
  public List<RulePack> all() {
    return shelf.all();
  }

  /**
   * What a file says, without making it ready to scan.
   *
   * @throws RulePackException when it is no pack
   */
  public static RulePack parsed(String yaml) {
    return RulePackReader.read(yaml);
  }

  /** The file of a pack, shipped or stored, approved or not. */
  public Optional<String> source(String version) {
    return shipped
        .source(version)
        .or(
            () ->
                jdbc.sql("select source from rule_pack where version = :version")
                    .param("version", version)
                    .query(String.class)
                    .optional());
  }

  /** The uploaded pack with this version; empty for a shipped one. */
  public Optional<RulePackProposal> proposal(String version) {
    return jdbc.sql("select * from rule_pack where version = :version")
        .param("version", version)
        .query(RulePacks::read)
        .optional();
  }

  ScanReport scan(String text, Instant at) {
    return shelf.scan(text, at);
  }

  /** Every uploaded pack, latest first. */
  public List<RulePackProposal> proposals() {
    return jdbc.sql("select * from rule_pack order by created_at desc, version desc")
        .query(RulePacks::read)
        .list();
  }

  /**
   * Stores a pack for approval.
   *
   * @throws RulePackException when it could not be applied or its version is taken
   */
  @Transactional
  public RulePackProposal propose(String yaml, String author) {
    RulePack pack = RulePackReader.read(yaml);
    shipped.with(List.of(yaml));
    boolean taken = shipped.all().stream().anyMatch(p -> p.version().equals(pack.version()));
    return jdbc.sql(
            """
            insert into rule_pack (version, hash, source, effective_from, author, created_at)
            select :version, :hash, :source, :effectiveFrom, :author, :now where not :taken
            on conflict (version) do nothing
            returning *
            """)
        .param("version", pack.version())
        .param("hash", pack.hash())
        .param("source", yaml)
        .param("effectiveFrom", Timestamp.from(pack.effectiveFrom().atStartOfDay(ZONE).toInstant()))
        .param("author", author)
        .param("now", Timestamp.from(clock.instant()))
        .param("taken", taken)
        .query(RulePacks::read)
        .optional()
        .orElseThrow(
            () -> new RulePackException("规则库版本 %s 已存在, 请使用新的版本号。".formatted(pack.version())));
  }

  /**
   * Starts a draft with everything another pack has.
   *
   * @throws RulePackException when the version is taken or no version name
   */
  @Transactional
  public RulePackProposal draftOf(
      String base, String version, String title, LocalDate effectiveFrom, String author) {
    String source =
        source(base).orElseThrow(() -> new RulePackException("没有规则库 %s, 请刷新列表。".formatted(base)));
    return propose(PackDraft.of(source).renamed(version, title, effectiveFrom).text(), author);
  }

  /**
   * Tries a rule, as part of a pack, on the sentences kept with it.
   *
   * @throws RulePackException naming what in it could not be applied
   */
  public RuleTrial tried(String version, ContentRule rule) {
    PackScanner scanner = PackScanner.of(edited(version, rule));
    return new RuleTrial(
        Stream.concat(
                rule.hits().stream().map(sentence -> tried(scanner, rule, sentence, true)),
                rule.misses().stream().map(sentence -> tried(scanner, rule, sentence, false)))
            .toList());
  }

  /** On a day on which the rule is in force, for a sentence shows the wording and not the date. */
  private RuleTrial.Example tried(
      PackScanner scanner, ContentRule rule, String sentence, boolean wanted) {
    LocalDate from = rule.effectiveFrom();
    LocalDate day = from == null ? scanner.pack().effectiveFrom() : from;
    return new RuleTrial.Example(
        sentence,
        wanted,
        scanner.scan(sentence, day).findings().stream()
            .filter(finding -> finding.ruleId().equals(rule.id()))
            .toList());
  }

  private String edited(String version, ContentRule rule) {
    String source =
        source(version)
            .orElseThrow(() -> new RulePackException("没有规则库 %s, 请刷新列表。".formatted(version)));
    return PackDraft.of(source).with(rule).text();
  }

  /**
   * Puts a rule into a draft, in the place of the one with its id.
   *
   * @param hash the content the editor has seen; another editor's change is never overwritten
   * @throws RulePackException when the pack could not be applied with it, a sentence kept with it
   *     contradicts it, or the draft changed or was approved since
   */
  @Transactional
  public RulePackProposal edit(String version, String hash, ContentRule rule, String editor) {
    RuleTrial trial = tried(version, rule);
    if (!rule.disabled() && !trial.holds()) {
      throw new RulePackException("规则 %s 与它的例句不符, 请修改字词、表达式或例句。".formatted(rule.id()));
    }
    String yaml = edited(version, rule);
    events.publishEvent(new RulePackEdited(version, editor));
    return jdbc.sql(
            """
            update rule_pack
               set source = :source, hash = :newHash,
                   editors = case when lower(:editor) = any (editors) or lower(author) = lower(:editor)
                                  then editors else array_append(editors, lower(:editor)) end
             where version = :version and hash = :hash and approved_by is null
            returning *
            """)
        .param("source", yaml)
        .param("newHash", RulePackReader.hash(yaml))
        .param("editor", editor)
        .param("version", version)
        .param("hash", hash)
        .query(RulePacks::read)
        .optional()
        .orElseThrow(
            () -> new RulePackException("规则库 %s 已被他人修改或已批准, 请刷新后重做这处修改。".formatted(version)));
  }

  /**
   * Approves exactly this content, which a review was held about and is closed; it applies from its
   * first day on, on every node within seconds. The table refuses it without that review.
   *
   * @throws RulePackException when the officer is the author, the content is another or the pack is
   *     approved already
   */
  @Transactional
  public RulePackProposal approve(String version, String hash, String officer) {
    RulePackProposal approved =
        jdbc.sql(
                """
                update rule_pack set approved_by = :officer, approved_at = :now
                 where version = :version and hash = :hash and approved_by is null
                   and lower(author) <> lower(:officer)
                   and not (lower(:officer) = any (editors))
                returning *
                """)
            .param("version", version)
            .param("hash", hash)
            .param("officer", officer)
            .param("now", Timestamp.from(clock.instant()))
            .query(RulePacks::read)
            .optional()
            .orElseThrow(
                () ->
                    new RulePackException(
                        "无法批准规则库 %s: 提交人和修改人不能审核自己的规则库, 内容须与您看到的一致且尚未批准, 请刷新后重试。"
                            .formatted(version)));
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.RULE_PACK_APPROVED,
            "rule-pack:" + version,
            null,
            null,
            officer,
            Map.of("hash", hash, "author", approved.author())));
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            refresh();
          }
        });
    return approved;
  }

  /** Takes over what was approved on other nodes. */
  @Scheduled(fixedDelay = 10_000)
  void refresh() {
    List<String> approved =
        jdbc.sql(
                "select source from rule_pack where approved_by is not null order by effective_from")
            .query(String.class)
            .list();
    shelf = approved.isEmpty() ? shipped : shelf.with(approved);
  }

  private static RulePackProposal read(ResultSet row, int number) throws SQLException {
    Timestamp approvedAt = row.getTimestamp("approved_at");
    return new RulePackProposal(
        row.getString("version"),
        row.getString("hash"),
        row.getTimestamp("effective_from").toInstant(),
        row.getString("author"),
        Arrays.asList((String[]) row.getArray("editors").getArray()),
        row.getTimestamp("created_at").toInstant(),
        row.getString("approved_by"),
        approvedAt == null ? null : approvedAt.toInstant());
  }
}
