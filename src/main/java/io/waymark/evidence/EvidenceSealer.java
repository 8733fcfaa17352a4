package io.waymark.evidence;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Chains committed evidence by hash. One sealer works at a time, whatever the number of nodes. The
 * order of the chain is the order in which the sealer saw the rows, not that of their ids: a
 * transaction that commits late leaves its rows in {@code evidence_unsealed}, where the next round
 * finds them.
 */
@Component
public class EvidenceSealer {

  private static final long LEADER_LOCK = 0x7761796d_7365616cL;

  private final JdbcClient jdbc;
  private final Clock clock;

  EvidenceSealer(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Chains the next rows.
   *
   * @param max at most so many
   * @return rows chained; 0 when there was nothing to do or another node is at it
   */
  @Transactional
  public int sealNext(int max) {
    if (!leading()) {
      return 0;
    }
    List<Link> links = unsealed(max);
    if (!links.isEmpty()) {
      chain(links);
    }
    return links.size();
  }

  /** How far the chain is behind. */
  public SealingLag lag() {
    return jdbc.sql("select count(*) as rows, min(evidence_at) as oldest from evidence_unsealed")
        .query(
            (row, number) -> {
              Timestamp oldest = row.getTimestamp("oldest");
              return new SealingLag(
                  row.getLong("rows"), oldest == null ? null : oldest.toInstant());
            })
        .single();
  }

  private boolean leading() {
    return jdbc.sql("select pg_try_advisory_xact_lock(?)")
        .param(LEADER_LOCK)
        .query(Boolean.class)
        .single();
  }

  private List<Link> unsealed(int max) {
    return jdbc.sql(
            """
            select e.id, e.at, e.kind, e.subject, e.customer_id, e.branch, e.actor, e.facts
              from (select evidence_id, evidence_at from evidence_unsealed
                     order by evidence_id limit ?) u
              join evidence e on e.at = u.evidence_at and e.id = u.evidence_id
             order by e.id
            """)
        .param(max)
        .query(Link::read)
        .list();
  }

  private void chain(List<Link> links) {
    Head head = head();
    byte[] hash = head.hash();
    List<byte[]> hashes = new ArrayList<>(links.size());
    for (Link link : links) {
      hash = link.hashAfter(hash);
      hashes.add(hash);
    }
    Long[] ids = links.stream().map(Link::id).toArray(Long[]::new);
    jdbc.sql(
            """
            insert into evidence_seal (seal_no, evidence_id, evidence_at, hash, sealed_at)
            select ? + position, evidence_id, evidence_at, hash, ?
              from unnest(?::bigint[], ?::timestamptz[], ?::bytea[]) with ordinality
                   as link (evidence_id, evidence_at, hash, position)
            """)
        .params(
            head.number(),
            Timestamp.from(clock.instant()),
            ids,
            links.stream().map(link -> link.at().toString()).toArray(String[]::new),
            hashes.toArray(byte[][]::new))
        .update();
    jdbc.sql("delete from evidence_unsealed where evidence_id = any(?)")
        .param((Object) ids)
        .update();
  }

  private Head head() {
    return jdbc.sql("select seal_no, hash from evidence_seal order by seal_no desc limit 1")
        .query((row, number) -> new Head(row.getLong("seal_no"), row.getBytes("hash")))
        .optional()
        .orElse(new Head(0, Link.GENESIS));
  }

  private record Head(long number, byte[] hash) {}
}
