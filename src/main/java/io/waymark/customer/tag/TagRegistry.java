package io.waymark.customer.tag;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Purpose;
import io.waymark.platform.rehearsal.Rehearsing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The tags of the house. Definitions are read from memory; what another node saves is seen within
 * five seconds.
 */
@Component
public class TagRegistry {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Duration MEMORY = Duration.ofSeconds(5);

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final ObjectProvider<TagRuleCheck> ruleChecks;
  private final Clock clock;
  private volatile @Nullable Remembered remembered;

  TagRegistry(
      JdbcClient jdbc, EvidenceLog evidence, ObjectProvider<TagRuleCheck> ruleChecks, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.ruleChecks = ruleChecks;
    this.clock = clock;
  }

  private record Remembered(Map<String, TagDefinition> byCode, Instant until) {}

  /** Whether a word may be the code of a tag. */
  public static boolean isCode(String word) {
    return CODE.matcher(word).matches();
  }

  /** The definition of a tag; empty when nobody declared it. */
  public Optional<TagDefinition> find(String code) {
    return Optional.ofNullable(byCode().get(code));
  }

  /** Every definition, by code. */
  public List<TagDefinition> all() {
    return List.copyOf(byCode().values());
  }

  /** Every definition by its code. */
  public Map<String, TagDefinition> byCode() {
    return Rehearsing.outside(this::remembered);
  }

  /** Codes of the tags that may not be used for this purpose. */
  public Set<String> barredFrom(Purpose purpose) {
    return byCode().values().stream()
        .filter(tag -> !tag.serves(purpose))
        .map(TagDefinition::code)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<String, TagDefinition> remembered() {
    Remembered memory = remembered;
    Instant now = clock.instant();
    if (memory == null || !now.isBefore(memory.until())) {
      memory = new Remembered(load(), now.plus(MEMORY));
      remembered = memory;
    }
    return memory.byCode();
  }

  /**
   * Declares a tag or changes its definition. The privacy class of a declared tag stays as it is:
   * only {@link #reclassify} changes it. The type of a tag that has values stays as well.
   *
   * @throws TagRefusedException naming the field that is wrong
   */
  @Transactional
  public void save(TagDefinition definition, String actor) {
    check(definition);
    int changed =
        jdbc.sql(
                """
                insert into tag_definition as d
                       (code, name, meaning, type, source, owner, fresh_seconds, privacy, purposes,
                        allowed, keep_history, rule, updated_at, updated_by)
                values (:code, :name, :meaning, :type, :source, :owner, :fresh, :privacy, :purposes,
                        :allowed, :history, :rule, :now, :actor)
                on conflict (code) do update
                   set name = excluded.name, meaning = excluded.meaning, type = excluded.type,
                       source = excluded.source, owner = excluded.owner,
                       fresh_seconds = excluded.fresh_seconds, purposes = excluded.purposes,
                       allowed = excluded.allowed, keep_history = excluded.keep_history,
                       rule = excluded.rule, updated_at = excluded.updated_at,
                       updated_by = excluded.updated_by
                 where d.type = excluded.type
                    or not exists (select from customer_tag t where t.tag = d.code)
                """)
            .param("code", definition.code())
            .param("name", definition.name())
            .param("meaning", definition.meaning())
            .param("type", definition.type().name())
            .param("source", definition.source().name())
            .param("owner", definition.owner())
            .param(
                "fresh", definition.freshness() == null ? null : definition.freshness().toSeconds())
            .param("privacy", definition.privacy().name())
            .param(
                "purposes",
                definition.purposes().stream().map(Purpose::code).sorted().toArray(String[]::new))
            .param("allowed", definition.allowed().toArray(String[]::new))
            .param("history", definition.keepHistory())
            .param("rule", definition.rule())
            .param("now", Timestamp.from(clock.instant()))
            .param("actor", actor)
            .update();
    if (changed == 0) {
      throw new TagRefusedException("type", "该标签已有数值，类型不能再改；请新建一个标签。");
    }
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.TAG_DEFINED,
            "tag:" + definition.code(),
            null,
            null,
            actor,
            Map.of("type", definition.type().code(), "source", definition.source().code())));
    forget();
  }

  /**
   * Declares tags somebody sends values of and nobody declared: as texts, held as sensitive, owned
   * by the sender, until a person completes the definition. Words that are no codes are left out.
   */
  @Transactional
  public void declareMissing(Collection<String> codes, String actor) {
    Map<String, TagDefinition> declared = byCode();
    codes.stream()
        .distinct()
        .filter(code -> isCode(code) && !declared.containsKey(code))
        .sorted()
        .forEach(
            code ->
                save(
                    new TagDefinition(
                        code,
                        code,
                        "随文件导入自动登记，请补充含义、类型与负责人。",
                        TagType.TEXT,
                        TagSource.IMPORTED,
                        actor,
                        null,
                        PrivacyClass.SENSITIVE,
                        Set.of(),
                        List.of(),
                        false,
                        null),
                    actor));
  }

  /**
   * Changes how closely a tag is held; a compliance officer's act.
   *
   * @throws TagRefusedException when there is no such tag or the reason is blank
   */
  @Transactional
  public void reclassify(String code, PrivacyClass privacy, String reason, String officer) {
    if (reason.isBlank()) {
      throw new TagRefusedException("reason", "请写明调整密级的理由，将留存备查。");
    }
    int changed =
        jdbc.sql(
                """
                update tag_definition set privacy = ?, updated_at = ?, updated_by = ?
                 where code = ?
                """)
            .params(privacy.name(), Timestamp.from(clock.instant()), officer, code)
            .update();
    if (changed == 0) {
      throw new TagRefusedException("code", "没有这个标签，请刷新列表。");
    }
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.TAG_RECLASSIFIED,
            "tag:" + code,
            null,
            null,
            officer,
            Map.of("privacy", privacy.code(), "reason", reason)));
    forget();
  }

  private void check(TagDefinition definition) {
    if (!isCode(definition.code())) {
      throw new TagRefusedException("code", "标签代码只能用小写字母、数字和下划线，以字母开头，最多 64 个字符。");
    }
    if (definition.name().isBlank()) {
      throw new TagRefusedException("name", "请填写标签名称。");
    }
    if (definition.meaning().isBlank()) {
      throw new TagRefusedException("meaning", "请写明标签的含义，别人要靠它判断能不能用。");
    }
    if (definition.owner().isBlank()) {
      throw new TagRefusedException("owner", "请填写负责人或部门。");
    }
    if (definition.freshness() != null && definition.freshness().toSeconds() < 1) {
      throw new TagRefusedException("freshness", "有效期必须大于零；长期有效请留空。");
    }
    for (String value : definition.allowed()) {
      if (definition.type().read(value).filter(value::equals).isEmpty()) {
        throw new TagRefusedException("allowed", "可选值“%s”不符合标签的类型，请改正。".formatted(value));
      }
    }
    boolean computed = definition.source() == TagSource.RULE;
    if (computed == (definition.rule() == null || definition.rule().isBlank())) {
      throw new TagRefusedException("rule", computed ? "规则标签必须写明计算规则。" : "只有规则标签可以有计算规则，请留空。");
    }
    if (computed) {
      ruleChecks.stream()
          .flatMap(one -> one.problem(definition).stream())
          .findFirst()
          .ifPresent(
              problem -> {
                throw new TagRefusedException("rule", problem);
              });
    }
  }

  /** At once for this transaction, and again when others can see what it did. */
  private void forget() {
    remembered = null;
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
              remembered = null;
            }
          });
    }
  }

  private Map<String, TagDefinition> load() {
    return jdbc
        .sql("select * from tag_definition order by code")
        .query(TagRegistry::read)
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                TagDefinition::code, found -> found, (one, other) -> one, TreeMap::new));
  }

  private static TagDefinition read(ResultSet row, int number) throws SQLException {
    Long fresh = row.getObject("fresh_seconds", Long.class);
    return new TagDefinition(
        row.getString("code"),
        row.getString("name"),
        row.getString("meaning"),
        TagType.valueOf(row.getString("type")),
        TagSource.valueOf(row.getString("source")),
        row.getString("owner"),
        fresh == null ? null : Duration.ofSeconds(fresh),
        PrivacyClass.valueOf(row.getString("privacy")),
        texts(row, "purposes").stream().map(Purpose::of).collect(Collectors.toUnmodifiableSet()),
        texts(row, "allowed"),
        row.getBoolean("keep_history"),
        row.getString("rule"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
