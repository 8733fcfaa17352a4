package io.waymark.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DatabaseSlice
class CustomerVaultTest {

  @Autowired CustomerVault vault;
  @Autowired JdbcClient jdbc;

  private final long anna = ThreadLocalRandom.current().nextLong(1L << 60);
  private final long bert = anna + 1;

  @Test
  void what_was_sealed_opens_again_and_never_looks_the_same_twice() {
    byte[] first = vault.seal(anna, "王小明 13800001111");
    byte[] second = vault.seal(anna, "王小明 13800001111");

    assertThat(vault.open(anna, first)).isEqualTo("王小明 13800001111");
    assertThat(vault.open(anna, second)).isEqualTo("王小明 13800001111");
    assertThat(first).isNotEqualTo(second);
    assertThat(new String(first, StandardCharsets.UTF_8)).doesNotContain("1380000");
  }

  @Test
  void many_are_sealed_in_order_and_opened_in_one_go() {
    List<byte[]> sealed =
        vault.sealAll(
            List.of(new Sealable(anna, "a"), new Sealable(bert, "b"), new Sealable(anna, "again")));

    assertThat(vault.openAll(Map.of(anna, sealed.get(0), bert, sealed.get(1))))
        .containsExactlyInAnyOrderEntriesOf(Map.of(anna, "a", bert, "b"));
    assertThat(vault.openEach(Map.of(anna, Map.of("x", sealed.get(0), "y", sealed.get(2)))))
        .isEqualTo(Map.of(anna, Map.of("x", "a", "y", "again")));
  }

  @Test
  void a_destroyed_key_erases_the_person_for_good() {
    byte[] sealed = vault.seal(anna, "secret");
    byte[] others = vault.seal(bert, "kept");
    vault.destroyKey(anna, "SH01", "test");
    vault.destroyKey(anna, "SH01", "test");

    assertThatThrownBy(() -> vault.open(anna, sealed))
        .isInstanceOfSatisfying(
            ErasedException.class, erased -> assertThat(erased.customerId()).isEqualTo(anna));
    assertThatThrownBy(() -> vault.seal(anna, "new")).isInstanceOf(ErasedException.class);
    assertThat(vault.openAll(Map.of(anna, sealed, bert, others))).isEqualTo(Map.of(bert, "kept"));
    assertThat(
            jdbc.sql("select wrapped_key is null from customer_key where customer_id = ?")
                .param(anna)
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void a_person_erased_before_anything_was_sealed_gets_no_key_later() {
    vault.destroyKey(anna, "SH01", "test");

    assertThatThrownBy(() -> vault.seal(anna, "new")).isInstanceOf(ErasedException.class);
  }

  @Test
  void bytes_of_another_customer_or_changed_bytes_do_not_open() {
    byte[] sealed = vault.seal(anna, "secret");
    vault.seal(bert, "other");
    assertThatThrownBy(() -> vault.open(bert, sealed)).isInstanceOf(IllegalStateException.class);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> vault.open(anna, changed)).isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> vault.open(anna, new byte[3]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void batches_that_meet_the_same_new_customers_agree_on_their_keys() throws Exception {
    List<Sealable> ascending =
        LongStream.range(0, 300).mapToObj(i -> new Sealable(anna + i, "x" + i)).toList();
    List<Sealable> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<byte[]>>> batches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<Sealable> batch = i % 2 == 0 ? ascending : descending;
      batches.add(threads.submit(() -> vault.sealAll(batch)));
    }
    for (int i = 0; i < 4; i++) {
      List<Sealable> batch = i % 2 == 0 ? ascending : descending;
      List<byte[]> sealed = batches.get(i).get(30, TimeUnit.SECONDS);
      IntStream.range(0, batch.size())
          .filter(position -> position % 29 == 0)
          .forEach(
              position ->
                  assertThat(vault.open(batch.get(position).customerId(), sealed.get(position)))
                      .isEqualTo(batch.get(position).clear()));
    }
    threads.shutdown();
  }

  @Test
  void a_clear_text_is_never_printed() {
    assertThat(new Sealable(anna, "13800001111").toString()).doesNotContain("1380000");
  }
}
