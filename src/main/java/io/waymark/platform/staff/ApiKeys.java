package io.waymark.platform.staff;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys of other systems. Only the SHA-256 of a key is stored: keys are random and long, so a slow
 * hash would add nothing but load on every request.
 */
@Component
public class ApiKeys {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  ApiKeys(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.events = events;
  }

  /** The key that was presented, unless it is unknown or revoked. */
  public Optional<ApiKey> find(String presented) {
    return jdbc.sql(
            """
            select name, scopes, everywhere, branches from api_key
             where key_hash = ? and revoked_at is null
            """)
        .param(hash(presented))
        .query(ApiKeys::read)
        .optional();
  }

  /** All keys in use, by name. */
  public List<ApiKey> all() {
    return jdbc.sql(
            """
            select name, scopes, everywhere, branches from api_key
             where revoked_at is null order by name
            """)
        .query(ApiKeys::read)
        .list();
  }

  /**
   * Creates a key.
   *
   * @return the clear key; it is shown this once and cannot be read again
   * @throws IllegalArgumentException with a Chinese sentence when the name is taken or a scope
   *     unknown
   */
  @Transactional
  public String create(String name, Set<String> scopes, BranchScope scope, String actor) {
    if (scopes.isEmpty() || !ApiKey.SCOPES.containsAll(scopes)) {
      throw new IllegalArgumentException("密钥权限只能从 ingest、read、rights、metrics 中选择，且至少选一项。");
    }
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    String clear = "wmk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    try {
      jdbc.sql(
              """
              insert into api_key
                (name, key_hash, scopes, everywhere, branches, created_by, created_at)
              values (?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              name,
              hash(clear),
              scopes.stream().sorted().toArray(String[]::new),
              scope.all(),
              scope.asArray(),
              actor,
              Timestamp.from(clock.instant()))
          .update();
    } catch (DuplicateKeyException taken) {
      throw new IllegalArgumentException("名称“%s”已被使用过，请换一个名称。".formatted(name), taken);
    }
    events.publishEvent(new ApiKeyChanged(new ApiKey(name, scopes, scope), false, actor));
    return clear;
  }

  /** Ends a key at once; false when no key in use has this name. */
  @Transactional
  public boolean revoke(String name, String actor) {
    Optional<ApiKey> revoked =
        jdbc.sql(
                """
                update api_key set revoked_at = ?, revoked_by = ?
                 where name = ? and revoked_at is null
                returning name, scopes, everywhere, branches
                """)
            .params(Timestamp.from(clock.instant()), actor, name)
            .query(ApiKeys::read)
            .optional();
    revoked.ifPresent(key -> events.publishEvent(new ApiKeyChanged(key, true, actor)));
    return revoked.isPresent();
  }

  private static ApiKey read(ResultSet row, int number) throws SQLException {
    return new ApiKey(
        row.getString("name"),
        Set.copyOf(texts(row.getArray("scopes"))),
        new BranchScope(row.getBoolean("everywhere"), texts(row.getArray("branches"))));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
