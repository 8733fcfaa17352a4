package io.waymark.customer.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.database.Columns;
import io.waymark.platform.rehearsal.Rehearsing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The types of events the house knows. Read from memory; what another node saves is seen within
 * five seconds.
 */
@Component
public class EventTypes {

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
  private static final int LONGEST_CODE = 100;
  private static final Duration MEMORY = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final EvidenceLog evidence;
  private final Clock clock;
  private volatile @Nullable Remembered remembered;

  EventTypes(JdbcClient jdbc, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.evidence = evidence;
    this.clock = clock;
  }

  private record Remembered(Map<String, EventType> byCode, Instant until) {}

  /** Whether a word may be the code of a type. */
  public static boolean isCode(String word) {
    return word.length() <= LONGEST_CODE && CODE.matcher(word).matches();
  }

  /** The declaration of a type; empty when there is none. */
  public Optional<EventType> find(String code) {
    return Optional.ofNullable(byCode().get(code));
  }

  /** Every declared type, by code. */
  public List<EventType> all() {
    return List.copyOf(byCode().values());
  }

  /** Every declared type by its code. */
  public Map<String, EventType> byCode() {
    return Rehearsing.outside(this::remembered);
  }

  private Map<String, EventType> remembered() {
    Remembered memory = remembered;
    Instant now = clock.instant();
    if (memory == null || !now.isBefore(memory.until())) {
      memory = new Remembered(load(), now.plus(MEMORY));
      remembered = memory;
    }
    return memory.byCode();
  }

  /**
   * Declares a type or changes its declaration; from then on events are checked against it.
   *
   * @throws EventTypeRefusedException naming the field that is wrong
   */
  @Transactional
  public void save(EventType type, String actor) {
    check(type);
    jdbc.sql(
            """
            insert into event_type
                   (code, name, meaning, source, retention_days, properties, updated_at, updated_by)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?)
            on conflict (code) do update
               set name = excluded.name, meaning = excluded.meaning, source = excluded.source,
                   retention_days = excluded.retention_days, properties = excluded.properties,
                   updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """)
        .params(
            type.code(),
            type.name(),
            type.meaning(),
            type.source(),
            type.retentionDays(),
            json(type.properties()),
            Columns.timestamp(clock.instant()),
            actor)
        .update();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.EVENT_TYPE_DEFINED,
            "event-type:" + type.code(),
            null,
            null,
            actor,
            Map.of("properties", type.properties().size())));
    forget();
  }

  private static void check(EventType type) {
    if (!isCode(type.code())) {
      throw new EventTypeRefusedException(
          "code", "事件类型只能用小写字母、数字、下划线和点，例如 dca.deduct_failed，最多 100 个字符。");
    }
    if (type.name().isBlank()) {
      throw new EventTypeRefusedException("name", "请填写事件的名称。");
    }
    if (type.retentionDays() != null && type.retentionDays() < 1) {
      throw new EventTypeRefusedException("retentionDays", "保留天数必须大于零；按统一规定保留请留空。");
    }
    Set<String> names = new HashSet<>();
    for (EventProperty property : type.properties()) {
      if (property.name().isBlank() || property.name().length() > 64) {
        throw new EventTypeRefusedException("properties", "属性名不能为空，最多 64 个字符。");
      }
      if (!names.add(property.name())) {
        throw new EventTypeRefusedException(
            "properties", "属性“%s”重复，请删除其中一个。".formatted(property.name()));
      }
    }
  }

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

  private Map<String, EventType> load() {
    return jdbc
        .sql("select * from event_type order by code")
        .query(EventTypes::read)
        .list()
        .stream()
        .collect(
            Collectors.toMap(EventType::code, found -> found, (one, other) -> one, TreeMap::new));
  }

  private static EventType read(ResultSet row, int number) throws SQLException {
    return new EventType(
        row.getString("code"),
        row.getString("name"),
        row.getString("meaning"),
        row.getString("source"),
        row.getObject("retention_days", Integer.class),
        properties(row.getString("properties")));
  }

  private static String json(List<EventProperty> properties) {
    try {
      return JSON.writeValueAsString(properties);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("属性声明无法写成 JSON", e);
    }
  }

  private static List<EventProperty> properties(String json) {
    try {
      return JSON.readValue(json, new TypeReference<List<EventProperty>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("properties of an event type are not JSON", e);
    }
  }
}
