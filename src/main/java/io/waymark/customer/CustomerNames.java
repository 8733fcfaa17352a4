package io.waymark.customer;

import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.ErasedException;
import io.waymark.platform.database.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Clear names, for the text of a message and nothing else. */
@Component
public class CustomerNames {

  private final JdbcClient jdbc;
  private final CustomerVault vault;

  CustomerNames(JdbcClient jdbc, CustomerVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /**
   * One clear name.
   *
   * @throws ErasedException when the customer was erased or is unknown
   */
  public String clear(long customerId) {
    String name = clearAll(List.of(customerId)).get(customerId);
    if (name == null) {
      throw new ErasedException(customerId);
    }
    return name;
  }

  /** Clear names by id, in two statements; erased and unknown customers are absent. */
  public Map<Long, String> clearAll(Collection<Long> customerIds) {
    Map<Long, byte[]> sealed = new HashMap<>();
    jdbc.sql("select id, name_sealed from customer where id = any(?)")
        .param(Columns.longs(customerIds))
        .query(
            row -> {
              sealed.put(row.getLong("id"), row.getBytes("name_sealed"));
            });
    return vault.openAll(sealed);
  }
}
