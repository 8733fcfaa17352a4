package io.waymark.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Access tokens that the nodes share in the database. */
@DatabaseSlice("io.waymark.channel")
class StoredTokenRowsTest {

  private static final Duration LEASE = Duration.ofSeconds(20);

  @Autowired StoredTokenRows rows;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private final String provider = "vendor-" + UUID.randomUUID();

  @Test
  void a_token_is_read_as_it_was_written_and_stored_sealed() {
    Instant now = clock.instant();
    TokenRows.Token token =
        new TokenRows.Token("secret-token-of-the-account", now.plusSeconds(7200));
    assertThat(rows.read(provider)).isEmpty();
    assertThat(rows.lease(provider, now, now.plus(LEASE))).isTrue();
    assertThat(rows.read(provider)).as("leased, not fetched yet").isEmpty();
    rows.write(provider, token, now);
    assertThat(rows.read(provider)).contains(token);
    byte[] stored =
        jdbc.sql("select token_sealed from provider_token where provider = ?")
            .param(provider)
            .query(byte[].class)
            .single();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("secret-token");
    assertThat(token).asString().doesNotContain("secret-token");
  }

  @Test
  void of_nodes_that_want_a_new_token_at_once_one_fetches_it() throws Exception {
    Instant now = clock.instant();
    CyclicBarrier together = new CyclicBarrier(6);
    List<CompletableFuture<Boolean>> nodes =
        IntStream.range(0, 6)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          meet(together);
                          return rows.lease(provider, now, now.plus(LEASE));
                        },
                        command -> new Thread(command).start()))
            .toList();
    int leased = 0;
    for (CompletableFuture<Boolean> node : nodes) {
      leased += node.get(60, TimeUnit.SECONDS) ? 1 : 0;
    }
    assertThat(leased).isEqualTo(1);
  }

  @Test
  void a_lease_of_a_node_that_died_is_over_in_time_and_a_written_token_ends_it() {
    Instant now = clock.instant();
    assertThat(rows.lease(provider, now, now.plus(LEASE))).isTrue();
    assertThat(rows.lease(provider, now.plus(LEASE), now.plus(LEASE).plus(LEASE))).isFalse();
    Instant later = now.plus(LEASE).plusMillis(1);
    assertThat(rows.lease(provider, later, later.plus(LEASE))).isTrue();

    rows.write(provider, new TokenRows.Token("second", later.plusSeconds(7200)), later);
    assertThat(rows.lease(provider, later, later.plus(LEASE))).as("free again").isTrue();
    assertThat(rows.read(provider).orElseThrow().value()).isEqualTo("second");
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
