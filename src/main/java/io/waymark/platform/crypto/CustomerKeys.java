package io.waymark.platform.crypto;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code customer_key}. Clear keys are never kept between calls: a key destroyed on one node
 * must not live on in the memory of another.
 */
@Component
class CustomerKeys {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SecretKey wrapping;

  CustomerKeys(JdbcClient jdbc, Clock clock, MasterKey master) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.wrapping = master.forWrapping();
  }

  /** The keys that exist; customers without one and erased customers are absent. */
  Map<Long, SecretKey> find(Collection<Long> customerIds) {
    return clear(select(customerIds));
  }

  /**
   * The keys of all, made where missing.
   *
   * @throws ErasedException when one of them was destroyed
   */
  Map<Long, SecretKey> findOrMake(Collection<Long> customerIds) {
    Map<Long, byte[]> wrapped = new HashMap<>(select(customerIds));
    SortedSet<Long> missing = new TreeSet<>(customerIds);
    missing.removeAll(wrapped.keySet());
    if (!missing.isEmpty()) {
      wrapped.putAll(make(missing));
    }
    Map<Long, SecretKey> keys = clear(wrapped);
    for (long customerId : customerIds) {
      if (!keys.containsKey(customerId)) {
        throw new ErasedException(customerId);
      }
    }
    return keys;
  }

  boolean destroy(long customerId) {
    // The row is made where it is missing: an erased customer must not get a key later.
    return jdbc.sql(
                """
                insert into customer_key (customer_id, created_at, destroyed_at) values (:id, :now, :now)
                on conflict (customer_id) do update set wrapped_key = null, destroyed_at = :now
                 where customer_key.destroyed_at is null
                """)
            .param("id", customerId)
            .param("now", Timestamp.from(clock.instant()))
            .update()
        > 0;
  }

  private Map<Long, byte[]> select(Collection<Long> customerIds) {
    return collect(
        jdbc.sql("select customer_id, wrapped_key from customer_key where customer_id = any(?)")
            .param(customerIds.toArray(Long[]::new))
            .query(WrappedKey::read)
            .list());
  }

  /** In the order of ids, so that two batches over the same customers wait and do not deadlock. */
  private Map<Long, byte[]> make(SortedSet<Long> customerIds) {
    byte[][] fresh =
        customerIds.stream()
            .map(id -> AesGcm.seal(wrapping, id, AesGcm.randomBytes(MasterKey.BYTES)))
            .toArray(byte[][]::new);
    // The update that changes nothing returns the row a concurrent transaction made first.
    return collect(
        jdbc.sql(
                """
                insert into customer_key (customer_id, wrapped_key, created_at)
                select customer_id, wrapped_key, ?
                  from unnest(?::bigint[], ?::bytea[]) as fresh (customer_id, wrapped_key)
                 order by customer_id
                on conflict (customer_id) do update set wrapped_key = customer_key.wrapped_key
                returning customer_id, wrapped_key
                """)
            .params(
                Timestamp.from(clock.instant()), customerIds.toArray(Long[]::new), (Object) fresh)
            .query(WrappedKey::read)
            .list());
  }

  private Map<Long, SecretKey> clear(Map<Long, byte[]> wrapped) {
    Map<Long, SecretKey> keys = new HashMap<>();
    wrapped.forEach(
        (id, key) -> keys.put(id, new SecretKeySpec(AesGcm.open(wrapping, id, key), "AES")));
    return keys;
  }

  private static Map<Long, byte[]> collect(List<WrappedKey> rows) {
    Map<Long, byte[]> keys = new HashMap<>();
    for (WrappedKey row : rows) {
      if (row.key() != null) {
        keys.put(row.customerId(), row.key());
      }
    }
    return keys;
  }

  private record WrappedKey(long customerId, byte @Nullable [] key) {

    static WrappedKey read(ResultSet row, int number) throws SQLException {
      return new WrappedKey(row.getLong("customer_id"), row.getBytes("wrapped_key"));
    }
  }
}
