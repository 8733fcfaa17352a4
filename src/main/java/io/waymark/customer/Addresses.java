package io.waymark.customer;

import io.waymark.platform.Channel;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.database.Columns;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a message to a customer goes, in clear, for the moment of sending. */
@Component
public class Addresses {

  private final JdbcClient jdbc;
  private final CustomerVault vault;
  private final Customers customers;

  Addresses(JdbcClient jdbc, CustomerVault vault, Customers customers) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.customers = customers;
  }

  /**
   * Addresses by customer: mobile number for SMS and phone, e-mail address, WeChat and WeCom ids,
   * device for push, the ref for in-app and webhook. Customers without one, and erased ones, are
   * absent. At most two statements.
   */
  public Map<Long, String> of(Collection<Long> customerIds, Channel channel) {
    return switch (channel) {
      case SMS, PHONE -> opened(customerIds, IdentityType.MOBILE);
      case EMAIL -> opened(customerIds, IdentityType.EMAIL);
      case WECHAT -> opened(customerIds, IdentityType.WECHAT);
      case WECOM -> opened(customerIds, IdentityType.WECOM);
      case PUSH -> opened(customerIds, IdentityType.DEVICE);
      case IN_APP, WEBHOOK -> customers.refsOf(customerIds);
    };
  }

  private Map<Long, String> opened(Collection<Long> customerIds, IdentityType type) {
    Map<Long, byte[]> sealed = new HashMap<>();
    jdbc.sql(
            """
            select customer_id, sealed from customer_identity
             where customer_id = any(?) and type = ?
            """)
        .params(Columns.longs(customerIds), type.code())
        .query(
            row -> {
              sealed.put(row.getLong("customer_id"), row.getBytes("sealed"));
            });
    return vault.openAll(sealed);
  }
}
