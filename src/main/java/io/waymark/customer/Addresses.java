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

  /** The first of the customer's own, otherwise of a record merged into it. */
  private Map<Long, String> opened(Collection<Long> customerIds, IdentityType type) {
    Map<Long, byte[]> sealed = new HashMap<>();
    Map<Long, Long> records = new HashMap<>();
    jdbc.sql(
            """
            select distinct on (p.person) p.person, p.record, i.sealed
              from person_record p join customer_identity i on i.customer_id = p.record
             where p.person = any(?) and i.type = ?
             order by p.person, p.record <> p.person, p.merged_at, p.record, i.position, i.hash
            """)
        .params(Columns.longs(customerIds), type.code())
        .query(
            row -> {
              records.put(row.getLong("person"), row.getLong("record"));
              sealed.put(row.getLong("record"), row.getBytes("sealed"));
            });
    Map<Long, String> clear = vault.openAll(sealed);
    Map<Long, String> opened = new HashMap<>();
    records.forEach(
        (person, record) -> {
          String address = clear.get(record);
          if (address != null) {
            opened.put(person, address);
          }
        });
    return opened;
  }
}
