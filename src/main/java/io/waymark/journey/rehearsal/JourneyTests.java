package io.waymark.journey.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rehearsals kept as tests of journeys. Owns {@code journey_test}. */
@Component
public class JourneyTests {

  private static final int MOST = 50;
  private static final int LONGEST_NAME = 80;

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final EvidenceLog evidence;
  private final Clock clock;

  JourneyTests(JdbcClient jdbc, ObjectMapper json, EvidenceLog evidence, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Keeps a rehearsal, or replaces the one of the same name; no version of the journey goes live
   * any more of which it does not hold.
   *
   * @throws RehearsalRefusedException saying what is missing
   */
  @Transactional
  public void keep(
      String journeyKey,
      String name,
      Person person,
      List<Act> acts,
      List<Expectation> expectations,
      String author) {
    String title = name.strip();
    if (title.isEmpty() || title.length() > LONGEST_NAME) {
      throw new RehearsalRefusedException("请填写测试的名称，最多 %d 个字。".formatted(LONGEST_NAME));
    }
    if (person.customerId() != null) {
      throw new RehearsalRefusedException("保存为测试时请使用虚拟客户：真实客户的情况会变，也不应写进测试。");
    }
    if (expectations.isEmpty()) {
      throw new RehearsalRefusedException("请至少写一条预期结果，例如“站在 某节点”。");
    }
    if (of(journeyKey).stream().filter(one -> !one.name().equals(title)).count() >= MOST) {
      throw new RehearsalRefusedException("一个旅程最多保存 %d 个测试，请先删除不再需要的。".formatted(MOST));
    }
    jdbc.sql(
            """
            insert into journey_test (journey_key, name, person, acts, expectations, author, created_at)
            values (:key, :name, :person::jsonb, :acts, :expectations::jsonb, :author, :now)
            on conflict (journey_key, name) do update
               set person = excluded.person, acts = excluded.acts,
                   expectations = excluded.expectations, author = excluded.author,
                   created_at = excluded.created_at, last_version = null, last_run_at = null,
                   last_problem = null
            """)
        .param("key", journeyKey)
        .param("name", title)
        .param("person", write(person))
        .param("acts", Acts.write(acts))
        .param("expectations", write(expectations))
        .param("author", author)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    prove(journeyKey, "kept", author);
  }

  /**
   * Removes a test; evidence says who did, because the next version goes live without it.
   *
   * @return its journey; empty when it is gone already
   */
  @Transactional
  public Optional<String> remove(long id, String actor) {
    Optional<String> key =
        jdbc.sql("delete from journey_test where id = ? returning journey_key")
            .param(id)
            .query(String.class)
            .optional();
    key.ifPresent(journey -> prove(journey, "removed", actor));
    return key;
  }

  private void prove(String journeyKey, String act, String actor) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_TEST,
            "journey:" + journeyKey,
            null,
            null,
            actor,
            Map.of("journey", journeyKey, "act", act)));
  }

  /** The tests of a journey, by name. */
  public List<JourneyTest> of(String journeyKey) {
    return jdbc.sql("select * from journey_test where journey_key = ? order by name")
        .param(journeyKey)
        .query(this::read)
        .list();
  }

  /** All tests, by journey and name. */
  public List<JourneyTest> all() {
    return jdbc.sql("select * from journey_test order by journey_key, name")
        .query(this::read)
        .list();
  }

  /** The test with this id. */
  public Optional<JourneyTest> find(long id) {
    return jdbc.sql("select * from journey_test where id = ?")
        .param(id)
        .query(this::read)
        .optional();
  }

  /** Notes how a test went. */
  void ran(long id, long versionId, @Nullable String problem) {
    jdbc.sql(
            "update journey_test set last_version = ?, last_run_at = ?, last_problem = ? where id ="
                + " ?")
        .params(versionId, Timestamp.from(clock.instant()), problem, id)
        .update();
  }

  private JourneyTest read(ResultSet row, int number) throws SQLException {
    return new JourneyTest(
        row.getLong("id"),
        row.getString("journey_key"),
        row.getString("name"),
        read(row.getString("person"), new TypeReference<Person>() {}),
        row.getString("acts"),
        read(row.getString("expectations"), new TypeReference<List<Expectation>>() {}),
        row.getString("author"),
        row.getTimestamp("created_at").toInstant(),
        row.getObject("last_version", Long.class),
        row.getTimestamp("last_run_at") == null
            ? null
            : row.getTimestamp("last_run_at").toInstant(),
        row.getString("last_problem"));
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private <T> T read(String value, TypeReference<T> type) {
    try {
      return json.readValue(value, type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
