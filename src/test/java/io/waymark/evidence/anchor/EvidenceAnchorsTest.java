package io.waymark.evidence.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceSealer;
import io.waymark.testing.DatabaseSlice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DatabaseSlice
class EvidenceAnchorsTest {

  @Autowired EvidenceLog log;
  @Autowired EvidenceSealer sealer;
  @Autowired EvidenceAnchors anchors;
  @Autowired AnchorVerifier verifier;
  @Autowired SigningKeys keys;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  @Test
  void an_anchor_covers_what_was_sealed_since_the_last_and_says_so_under_its_signature() {
    seal(3);
    Anchor first = anchors.anchorNow().orElseThrow();
    assertThat(anchors.anchorNow()).isEmpty();
    seal(2);
    Anchor second = anchors.anchorNow().orElseThrow();

    assertThat(second.number()).isEqualTo(first.number() + 1);
    assertThat(second.firstSeal()).isEqualTo(first.lastSeal() + 1);
    assertThat(second.links()).isEqualTo(2);
    assertThat(second.statement())
        .contains("previous: " + AnchorStatement.digest(first.statement()))
        .contains("last-seal: " + second.lastSeal());
    SigningKey key = keys.key().orElseThrow();
    byte[] text = second.statement().getBytes(StandardCharsets.UTF_8);
    assertThat(SigningKey.verifies(key.publicKey(), text, second.signature())).isTrue();
    text[0] ^= 1;
    assertThat(SigningKey.verifies(key.publicKey(), text, second.signature())).isFalse();
    assertThat(verifier.firstProblem()).isNull();
  }

  @Test
  void every_link_is_proved_over_the_border_of_a_block() {
    seal(EvidenceAnchors.BLOCK + 5);
    Anchor anchor = anchors.anchorNow().orElseThrow();
    InclusionProofs proofs = new InclusionProofs(jdbc);

    for (long seal :
        List.of(
            anchor.firstSeal(),
            anchor.firstSeal() + EvidenceAnchors.BLOCK - 1,
            anchor.firstSeal() + EvidenceAnchors.BLOCK,
            anchor.lastSeal())) {
      InclusionProofs.Proof proof = proofs.of(seal).orElseThrow();
      assertThat(proof.anchorNumber()).isEqualTo(anchor.number());
      assertThat(Merkle.fold(Merkle.leaf(hash(seal)), proof.path())).isEqualTo(anchor.root());
      assertThat(proof.previous()).isEqualTo(seal == 1 ? new byte[32] : hash(seal - 1));
    }
    assertThat(proofs.of(anchor.lastSeal() + 1)).isEmpty();
  }

  @Test
  void a_chain_rewritten_as_a_whole_is_found_by_its_anchor() {
    seal(3);
    Anchor anchor = anchors.anchorNow().orElseThrow();

    assertThat(
            problemAfter(
                "update evidence_seal set hash = sha256(hash) where seal_no = "
                    + anchor.lastSeal()))
        .contains("锚点 " + anchor.number())
        .contains("被改动");
    assertThat(
            problemAfter(
                "update evidence_anchor set last_seal = last_seal + 1 where anchor_no = "
                    + anchor.number()))
        .contains("锚点 " + anchor.number());
    assertThat(
            problemAfter(
                "update evidence_anchor set signature = sha256(signature) || sha256(signature)"
                    + " where anchor_no = "
                    + anchor.number()))
        .contains("锚点 " + anchor.number() + " 的签名无效");
    assertThat(verifier.firstProblem()).isNull();
  }

  @Test
  void nobody_changes_an_anchor_but_a_time_stamp_may_come_later() {
    seal(1);
    Anchor anchor = anchors.anchorNow().orElseThrow();

    assertThatThrownBy(
            () ->
                jdbc.sql("update evidence_anchor set root = '' where anchor_no = ?")
                    .param(anchor.number())
                    .update())
        .hasMessageContaining("never changed");
    assertThatThrownBy(
            () ->
                jdbc.sql("delete from evidence_anchor where anchor_no = ?")
                    .param(anchor.number())
                    .update())
        .hasMessageContaining("never changed");
    anchors.stamp(anchor.number(), new byte[] {1});
    anchors.stamp(anchor.number(), new byte[] {2});
    assertThat(anchors.find(anchor.number()).orElseThrow().timestampToken()).containsExactly(1);
  }

  @Test
  void a_key_is_read_as_openssl_writes_it_and_nothing_else_is() {
    String pem = SigningKey.fresh(new byte[32]);
    assertThat(SigningKey.of(pem).id())
        .isEqualTo(SigningKey.of(pem.replaceAll("-----[A-Z ]+-----|\\s", "")).id());
    assertThatThrownBy(() -> SigningKey.of("bm90IGEga2V5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl genpkey");
  }

  private @Nullable String problemAfter(String tampering) {
    return transaction.execute(
        status -> {
          status.setRollbackOnly();
          jdbc.sql("set local session_replication_role = replica").update();
          assertThat(jdbc.sql(tampering).update()).isEqualTo(1);
          return verifier.firstProblem();
        });
  }

  private void seal(int rows) {
    while (sealer.sealNext(5_000) > 0) {
      // What other tests left.
    }
    anchors.anchorNow();
    transaction.executeWithoutResult(
        status ->
            log.appendAll(
                IntStream.range(0, rows)
                    .mapToObj(
                        i ->
                            new EvidenceEntry(
                                EvidenceKind.VERDICT,
                                "message:" + i,
                                null,
                                null,
                                "system",
                                Map.of("i", i)))
                    .toList()));
    while (sealer.sealNext(5_000) > 0) {
      // All of them.
    }
  }

  private byte[] hash(long seal) {
    return jdbc.sql("select hash from evidence_seal where seal_no = ?")
        .param(seal)
        .query((row, number) -> row.getBytes("hash"))
        .single();
  }
}
