package io.waymark.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice
class EvidenceLogTest {

  @Autowired EvidenceLog log;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private final long customer = ThreadLocalRandom.current().nextLong(1L << 60);

  @Test
  void an_act_without_a_transaction_is_refused() {
    assertThatThrownBy(() -> log.append(entry(Map.of())))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void acts_come_back_in_the_order_they_were_appended() {
    transaction.executeWithoutResult(
        status ->
            log.appendAll(
                List.of(entry(Map.of("step", 1, "code", "a")), entry(Map.of("step", 2)))));

    assertThat(log.ofCustomer(customer))
        .extracting(EvidenceRow::facts)
        .containsExactly(Map.of("step", 1, "code", "a"), Map.of("step", 2));
    assertThat(log.ofCustomer(customer))
        .allSatisfy(
            row -> {
              assertThat(row.at()).isEqualTo(MovableClock.START);
              assertThat(row.branch()).isEqualTo("SH01");
              assertThat(row.sealNumber()).isNull();
            });
  }

  @Test
  void a_rolled_back_act_leaves_no_proof() {
    transaction.executeWithoutResult(
        status -> {
          log.append(entry(Map.of()));
          status.setRollbackOnly();
        });

    assertThat(log.ofCustomer(customer)).isEmpty();
  }

  @Test
  void nobody_changes_or_deletes_a_proof() {
    transaction.executeWithoutResult(status -> log.append(entry(Map.of())));

    assertThatThrownBy(
            () ->
                jdbc.sql("update evidence set actor = 'me' where customer_id = ?")
                    .param(customer)
                    .update())
        .hasMessageContaining("never changed or deleted");
    assertThatThrownBy(
            () -> jdbc.sql("delete from evidence where customer_id = ?").param(customer).update())
        .hasMessageContaining("never changed or deleted");
    assertThatThrownBy(() -> jdbc.sql("truncate evidence").update())
        .hasMessageContaining("never changed or deleted");
  }

  private EvidenceEntry entry(Map<String, ?> facts) {
    return new EvidenceEntry(
        EvidenceKind.VERDICT, "message:" + customer, customer, "SH01", "system", facts);
  }
}
