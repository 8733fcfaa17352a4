package io.waymark.evidence.anchor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Proves links one after the other, in ascending order: keeps the block it stands in, so that a
 * customer's rows in one block cost one read. Not for several threads.
 */
public final class InclusionProofs {

  private final JdbcClient jdbc;
  private @Nullable Opened block;
  private @Nullable Under anchor;

  public InclusionProofs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Why a link is under an anchor.
   *
   * @param previous hash of the link before
   * @param path steps from the leaf over the link's hash to the anchor's root
   */
  public record Proof(long anchorNumber, byte[] previous, List<Merkle.Step> path) {}

  /** The proof of a link; empty while no anchor covers it. */
  public Optional<Proof> of(long seal) {
    Opened opened = open(seal);
    if (opened == null) {
      return Optional.empty();
    }
    Under under = under(opened.anchorNumber);
    int at = (int) (seal - opened.firstSeal);
    List<Merkle.Step> path = new ArrayList<>(Merkle.path(opened.leaves, at));
    path.addAll(Merkle.path(under.roots, under.firstSeals.indexOf(opened.firstSeal)));
    byte[] previous = at == 0 ? opened.before : opened.hashes.get(at - 1);
    return Optional.of(new Proof(opened.anchorNumber, previous, path));
  }

  private record Opened(
      long firstSeal,
      long lastSeal,
      long anchorNumber,
      byte[] before,
      List<byte[]> hashes,
      List<byte[]> leaves) {}

  private record Under(long number, List<Long> firstSeals, List<byte[]> roots) {}

  private record Bounds(long firstSeal, long lastSeal, long anchorNumber) {}

  private @Nullable Opened open(long seal) {
    Opened known = block;
    if (known == null || seal < known.firstSeal || seal > known.lastSeal) {
      known =
          jdbc.sql(
                  """
                  select first_seal, last_seal, anchor_no from evidence_block
                   where first_seal <= ? order by first_seal desc limit 1
                  """)
              .param(seal)
              .query(
                  (row, number) ->
                      new Bounds(
                          row.getLong("first_seal"),
                          row.getLong("last_seal"),
                          row.getLong("anchor_no")))
              .optional()
              .filter(bounds -> seal <= bounds.lastSeal())
              .map(this::open)
              .orElse(null);
      block = known;
    }
    return known;
  }

  private Opened open(Bounds bounds) {
    List<byte[]> hashes =
        jdbc.sql("select hash from evidence_seal where seal_no between ? and ? order by seal_no")
            .params(bounds.firstSeal() - 1, bounds.lastSeal())
            .query((row, number) -> row.getBytes("hash"))
            .list();
    boolean first = bounds.firstSeal() == 1;
    List<byte[]> own = first ? hashes : hashes.subList(1, hashes.size());
    return new Opened(
        bounds.firstSeal(),
        bounds.lastSeal(),
        bounds.anchorNumber(),
        first ? new byte[32] : hashes.get(0),
        own,
        own.stream().map(Merkle::leaf).toList());
  }

  private Under under(long number) {
    Under known = anchor;
    if (known == null || known.number != number) {
      List<Long> firsts = new ArrayList<>();
      List<byte[]> roots = new ArrayList<>();
      jdbc.sql(
              "select first_seal, root from evidence_block where anchor_no = ? order by first_seal")
          .param(number)
          .query(
              row -> {
                firsts.add(row.getLong("first_seal"));
                roots.add(row.getBytes("root"));
              });
      known = new Under(number, firsts, roots);
      anchor = known;
    }
    return known;
  }
}
