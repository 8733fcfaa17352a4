package io.waymark.customer;

import io.waymark.platform.database.Columns;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The investor class of customers, changed by the procedure above only. */
@Component
public class CustomerClasses {

  private final JdbcClient jdbc;
  private final Clock clock;

  CustomerClasses(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The class a customer has, which nobody else changes until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CustomerClass lock(long customerId) {
    return CustomerClass.valueOf(
        jdbc.sql("select customer_class from customer where id = ? for update")
            .param(customerId)
            .query(String.class)
            .single());
  }

  /** Gives a customer a class. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void set(long customerId, CustomerClass customerClass) {
    jdbc.sql("update customer set customer_class = ?, updated_at = ? where id = ?")
        .params(customerClass.name(), Columns.timestamp(clock.instant()), customerId)
        .update();
  }
}
