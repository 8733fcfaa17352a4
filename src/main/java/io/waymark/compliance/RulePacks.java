package io.waymark.compliance;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
  private final Clock clock;
  private final PackShelf shipped = PackShelf.shipped();
  private volatile PackShelf shelf = shipped;

  RulePacks(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
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
    shipped.with(List.of(pack));
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
   * Approves exactly this content; it applies from its first day on, on every node within seconds.
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
                        "无法批准规则库 %s: 提交人不能审核自己的规则库, 内容须与您看到的一致且尚未批准, 请刷新后重试。".formatted(version)));
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
    List<RulePack> approved =
        jdbc
            .sql(
                "select source from rule_pack where approved_by is not null order by effective_from")
            .query(String.class)
            .list()
            .stream()
            .map(RulePackReader::read)
            .toList();
    shelf = approved.isEmpty() ? shipped : shelf.with(approved);
  }

  private static RulePackProposal read(ResultSet row, int number) throws SQLException {
    Timestamp approvedAt = row.getTimestamp("approved_at");
    return new RulePackProposal(
        row.getString("version"),
        row.getString("hash"),
        row.getTimestamp("effective_from").toInstant(),
        row.getString("author"),
        row.getTimestamp("created_at").toInstant(),
        row.getString("approved_by"),
        approvedAt == null ? null : approvedAt.toInstant());
  }
}
