package io.waymark.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class PassingFailureTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "40P01", "40001"})
  void a_database_that_is_away_or_in_its_own_way_is_met_again_later(String state) {
    assertThat(PassingFailure.is(wrapped(new SQLException("x", state)))).isTrue();
  }

  @Test
  void a_connection_that_the_pool_has_closed_says_so_without_a_state() {
    assertThat(PassingFailure.is(wrapped(new SQLException("Connection is closed")))).isTrue();
    assertThat(PassingFailure.is(new CannotCreateTransactionException("none to be had"))).isTrue();
  }

  @Test
  void what_is_wrong_with_the_work_itself_stays_wrong() {
    assertThat(PassingFailure.is(wrapped(new SQLException("x", "23505")))).isFalse();
    assertThat(PassingFailure.is(new DataIntegrityViolationException("x"))).isFalse();
    assertThat(PassingFailure.is(new IllegalStateException("the drawing is wrong"))).isFalse();
  }

  private static RuntimeException wrapped(SQLException cause) {
    return new IllegalStateException("the engine failed", new IllegalStateException(cause));
  }
}
