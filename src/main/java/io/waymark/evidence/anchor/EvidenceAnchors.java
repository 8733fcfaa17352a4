package io.waymark.evidence.anchor;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Anchors and the Merkle roots under them. Tables {@code evidence_anchor}, {@code evidence_block},
 * {@code evidence_key}. An anchor covers exactly the links sealed since the one before it.
 */
@Component
public class EvidenceAnchors {

  /**
   * Links under one block: what is read to prove one of them. A power of two, see {@link Merkle}.
   */
  public static final int BLOCK = 4_096;

  private static final long LOCK = 0x7761796d_616e6368L;

  private final JdbcClient jdbc;
  private final JdbcTemplate streaming;
  private final SigningKeys keys;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  EvidenceAnchors(
      JdbcClient jdbc,
      JdbcTemplate template,
      SigningKeys keys,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.streaming = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
    this.streaming.setFetchSize(BLOCK);
    this.keys = keys;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Signs what has been sealed since the last anchor. One node at a time; another waits and finds
   * nothing new.
   *
   * @return the anchor; empty when nothing was sealed since or no key is configured
   */
  @Transactional
  public Optional<Anchor> anchorNow() {
    SigningKey key = keys.key().orElse(null);
    if (key == null) {
      return Optional.empty();
    }
    jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query((row, number) -> number).list();
    Anchor last = last().orElse(null);
    long after = last == null ? 0 : last.lastSeal();
    Stretch stretch = read(after);
    if (stretch.head == null) {
      return Optional.empty();
    }
    Anchor anchor = signed(key, last, after + 1, stretch, stretch.head);
    remember(key, anchor.madeAt());
    insert(anchor, stretch);
    events.publishEvent(new Anchored(anchor));
    return Optional.of(anchor);
  }

  /** Anchors, newest first. */
  public List<Anchor> page(int offset, int limit) {
    return jdbc.sql("select * from evidence_anchor order by anchor_no desc offset ? limit ?")
        .params(offset, limit)
        .query(EvidenceAnchors::read)
        .list();
  }

  /** The newest anchor; empty before the first. */
  public Optional<Anchor> last() {
    return page(0, 1).stream().findFirst();
  }

  /** The anchor with this number. */
  public Optional<Anchor> find(long number) {
    return jdbc.sql("select * from evidence_anchor where anchor_no = ?")
        .param(number)
        .query(EvidenceAnchors::read)
        .optional();
  }

  /** Anchors from one number to another, both included, oldest first. */
  public List<Anchor> between(long first, long last) {
    return jdbc.sql(
            "select * from evidence_anchor where anchor_no between ? and ? order by anchor_no")
        .params(first, last)
        .query(EvidenceAnchors::read)
        .list();
  }

  /** The public key (X.509) with this fingerprint, if an anchor was ever signed with it. */
  public Optional<byte[]> publicKey(String keyId) {
    return jdbc.sql("select public_key from evidence_key where key_id = ?")
        .param(keyId)
        .query((row, number) -> row.getBytes("public_key"))
        .optional();
  }

  /** Anchors no authority has confirmed yet, newest first. */
  List<Anchor> unstamped(int max) {
    return jdbc.sql(
            "select * from evidence_anchor where timestamp_token is null"
                + " order by anchor_no desc limit ?")
        .param(max)
        .query(EvidenceAnchors::read)
        .list();
  }

  void stamp(long number, byte[] token) {
    jdbc.sql(
            "update evidence_anchor set timestamp_token = ?"
                + " where anchor_no = ? and timestamp_token is null")
        .params(token, number)
        .update();
  }

  private Anchor signed(
      SigningKey key, @Nullable Anchor last, long firstSeal, Stretch stretch, byte[] head) {
    long number = last == null ? 1 : last.number() + 1;
    long lastSeal = stretch.lastSeal;
    byte[] root = Merkle.root(stretch.roots());
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String statement =
        AnchorStatement.of(
            number,
            last == null ? null : last.statement(),
            firstSeal,
            lastSeal,
            root,
            head,
            now,
            key.id());
    return new Anchor(
        number,
        firstSeal,
        lastSeal,
        root,
        head,
        statement,
        key.sign(statement.getBytes(StandardCharsets.UTF_8)),
        key.id(),
        now,
        null);
  }

  private Stretch read(long after) {
    Stretch stretch = new Stretch();
    try (Stream<SealHash> seals =
        streaming.queryForStream(
            "select seal_no, hash from evidence_seal where seal_no > ? order by seal_no",
            (row, number) -> new SealHash(row.getLong("seal_no"), row.getBytes("hash")),
            after)) {
      seals.forEachOrdered(stretch::add);
    }
    stretch.close();
    return stretch;
  }

  private void remember(SigningKey key, Instant at) {
    jdbc.sql(
            """
            insert into evidence_key (key_id, public_key, first_used) values (?, ?, ?)
            on conflict do nothing
            """)
        .params(key.id(), key.publicKey(), Timestamp.from(at))
        .update();
  }

  private void insert(Anchor anchor, Stretch stretch) {
    jdbc.sql(
            """
            insert into evidence_anchor (anchor_no, first_seal, last_seal, root, head_hash,
                                         statement, signature, key_id, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            anchor.number(),
            anchor.firstSeal(),
            anchor.lastSeal(),
            anchor.root(),
            anchor.headHash(),
            anchor.statement(),
            anchor.signature(),
            anchor.keyId(),
            Timestamp.from(anchor.madeAt()))
        .update();
    jdbc.sql(
            """
            insert into evidence_block (first_seal, last_seal, anchor_no, root)
            select first_seal, last_seal, ?, root
              from unnest(?::bigint[], ?::bigint[], ?::bytea[]) as block (first_seal, last_seal, root)
            """)
        .params(
            anchor.number(),
            stretch.blocks.stream().map(Block::firstSeal).toArray(Long[]::new),
            stretch.blocks.stream().map(Block::lastSeal).toArray(Long[]::new),
            stretch.blocks.stream().map(Block::root).toArray(byte[][]::new))
        .update();
  }

  static Anchor read(ResultSet row, int number) throws SQLException {
    return new Anchor(
        row.getLong("anchor_no"),
        row.getLong("first_seal"),
        row.getLong("last_seal"),
        row.getBytes("root"),
        row.getBytes("head_hash"),
        row.getString("statement"),
        row.getBytes("signature"),
        row.getString("key_id"),
        row.getTimestamp("made_at").toInstant(),
        row.getBytes("timestamp_token"));
  }

  /** A link's number and hash. */
  record SealHash(long number, byte[] hash) {}

  /** A whole subtree. */
  record Block(long firstSeal, long lastSeal, byte[] root) {}

  /** Links read in their order and cut into blocks; holds one block of hashes, not all. */
  private static final class Stretch {

    private final List<Block> blocks = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private byte @Nullable [] head;
    private long lastSeal;

    void add(SealHash seal) {
      leaves.add(Merkle.leaf(seal.hash()));
      head = seal.hash();
      lastSeal = seal.number();
      if (leaves.size() == BLOCK) {
        close();
      }
    }

    void close() {
      if (!leaves.isEmpty()) {
        blocks.add(new Block(lastSeal - leaves.size() + 1, lastSeal, Merkle.root(leaves)));
        leaves.clear();
      }
    }

    List<byte[]> roots() {
      return blocks.stream().map(Block::root).toList();
    }
  }
}
