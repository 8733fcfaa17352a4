package io.waymark.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Walks the chain from its first link and says where it breaks. Memory does not grow with the
 * chain.
 */
@Component
public class EvidenceVerifier {

  private static final int FETCH_SIZE = 2_000;

  private static final String CHAIN =
      """
      select s.seal_no, s.evidence_id, s.hash,
             e.id, e.at, e.kind, e.subject, e.customer_id, e.branch, e.actor, e.facts
        from evidence_seal s
        left join evidence e on e.at = s.evidence_at and e.id = s.evidence_id
       order by s.seal_no
      """;

  private static final String LOST =
      """
      select min(e.id) from evidence e
       where not exists (select from evidence_seal s where s.evidence_id = e.id)
         and not exists (select from evidence_unsealed u where u.evidence_id = e.id)
      """;

  private final JdbcTemplate jdbc;

  EvidenceVerifier(JdbcTemplate jdbc) {
    JdbcTemplate streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
    streaming.setFetchSize(FETCH_SIZE);
    this.jdbc = streaming;
  }

  /** Reads the whole chain as it stood when the walk began. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Verification verify() {
    return walk(links -> {});
  }

  /**
   * The same, telling how far it is.
   *
   * @param progress is given the number of links read, every now and then
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Verification verify(LongConsumer progress) {
    return walk(progress);
  }

  /** Links there are to read. */
  public long length() {
    Long last =
        jdbc.queryForObject("select coalesce(max(seal_no), 0) from evidence_seal", Long.class);
    return last == null ? 0 : last;
  }

  private Verification walk(LongConsumer progress) {
    ChainWalk walk = new ChainWalk();
    try (Stream<Seal> chain = jdbc.queryForStream(CHAIN, Seal::read)) {
      for (Iterator<Seal> seals = chain.iterator(); seals.hasNext(); ) {
        Seal seal = seals.next();
        String problem = walk.step(seal.number(), seal.evidenceId(), seal.hash(), seal.link());
        if (problem != null) {
          return new Verification(walk.links(), false, problem, hex(walk.head()));
        }
        if (walk.links() % FETCH_SIZE == 0) {
          progress.accept(walk.links());
        }
      }
    }
    Long lost = jdbc.queryForObject(LOST, Long.class);
    String problem = lost == null ? null : "证据 %d 既未入链，也不在待封存队列中。".formatted(lost);
    return new Verification(walk.links(), problem == null, problem, hex(walk.head()));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private record Seal(long number, long evidenceId, byte[] hash, @Nullable Link link) {

    static Seal read(ResultSet row, int number) throws SQLException {
      boolean present = row.getObject("id") != null;
      return new Seal(
          row.getLong("seal_no"),
          row.getLong("evidence_id"),
          row.getBytes("hash"),
          present ? Link.read(row, number) : null);
    }
  }
}
