package io.waymark.evidence.anchor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Checks every anchor against its signature, the one before it and the chain as it stands now. */
@Component
public class AnchorVerifier {

  private static final int PAGE = 500;

  private final EvidenceAnchors anchors;
  private final JdbcTemplate streaming;

  AnchorVerifier(EvidenceAnchors anchors, JdbcTemplate template) {
    this.anchors = anchors;
    this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
    this.streaming.setFetchSize(EvidenceAnchors.BLOCK);
  }

  /**
   * Walks all anchors.
   *
   * @return a Chinese sentence naming the first that does not hold; null when all do
   */
  @Transactional(readOnly = true)
  public @Nullable String firstProblem() {
    Anchor previous = null;
    List<Anchor> some;
    long next = 1;
    do {
      some = anchors.between(next, next + PAGE - 1);
      for (Anchor anchor : some) {
        String problem = problem(anchor, previous, next);
        if (problem != null) {
          return problem;
        }
        previous = anchor;
        next++;
      }
    } while (some.size() == PAGE);
    return null;
  }

  private @Nullable String problem(Anchor anchor, @Nullable Anchor previous, long expected) {
    if (anchor.number() != expected) {
      return "锚点 %d 缺失。".formatted(expected);
    }
    long first = previous == null ? 1 : previous.lastSeal() + 1;
    String statement =
        AnchorStatement.of(
            anchor.number(),
            previous == null ? null : previous.statement(),
            first,
            anchor.lastSeal(),
            anchor.root(),
            anchor.headHash(),
            anchor.madeAt(),
            anchor.keyId());
    if (anchor.firstSeal() != first || !statement.equals(anchor.statement())) {
      return "锚点 %d 的内容与其签名声明不符。".formatted(anchor.number());
    }
    byte[] key = anchors.publicKey(anchor.keyId()).orElse(null);
    if (key == null
        || !SigningKey.fingerprint(key).equals(anchor.keyId())
        || !SigningKey.verifies(
            key, statement.getBytes(StandardCharsets.UTF_8), anchor.signature())) {
      return "锚点 %d 的签名无效。".formatted(anchor.number());
    }
    if (!Arrays.equals(rootNow(anchor), anchor.root())) {
      return "锚点 %d 签名之后，链节 %d 至 %d 被改动。"
          .formatted(anchor.number(), anchor.firstSeal(), anchor.lastSeal());
    }
    return null;
  }

  private byte[] rootNow(Anchor anchor) {
    List<byte[]> roots = new ArrayList<>();
    List<byte[]> leaves = new ArrayList<>();
    try (Stream<byte[]> hashes =
        streaming.queryForStream(
            "select hash from evidence_seal where seal_no between ? and ? order by seal_no",
            (row, number) -> row.getBytes("hash"),
            anchor.firstSeal(),
            anchor.lastSeal())) {
      hashes.forEachOrdered(
          hash -> {
            leaves.add(Merkle.leaf(hash));
            if (leaves.size() == EvidenceAnchors.BLOCK) {
              roots.add(Merkle.root(leaves));
              leaves.clear();
            }
          });
    }
    if (!leaves.isEmpty()) {
      roots.add(Merkle.root(leaves));
    }
    return roots.isEmpty() ? new byte[0] : Merkle.root(roots);
  }
}
