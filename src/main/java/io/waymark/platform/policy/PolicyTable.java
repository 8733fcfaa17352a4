package io.waymark.platform.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code policy_document}. Its triggers and checks hold what these statements say. */
final class PolicyTable {

  private final JdbcClient jdbc;

  PolicyTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty when the version is taken. */
  Optional<PolicyDocument> insert(
      PolicyDraft draft, String hash, String author, Instant now, boolean shipped) {
    return jdbc.sql(
            """
            insert into policy_document
              (kind, version, hash, source, effective_from, author, created_at, shipped)
            values (:kind, :version, :hash, :source, :effectiveFrom, :author, :now, :shipped)
            on conflict (kind, version) do nothing
            returning *
            """)
        .param("kind", draft.kind())
        .param("version", draft.version())
        .param("hash", hash)
        .param("source", draft.source())
        .param("effectiveFrom", Timestamp.from(draft.effectiveFrom()))
        .param("author", author)
        .param("now", Timestamp.from(now))
        .param("shipped", shipped)
        .query(PolicyTable::read)
        .optional();
  }

  /** Empty when the content is another, it is decided already or the officer may not approve it. */
  Optional<PolicyDocument> approve(
      String kind, String version, String hash, String officer, Instant now) {
    return jdbc.sql(
            """
            update policy_document set approved_by = :officer, approved_at = :now
             where kind = :kind and version = :version and hash = :hash
               and not shipped and approved_by is null and rejected_by is null
               and lower(author) <> lower(:officer)
               and exists (select 1 from staff
                            where username = :officer and role = 'compliance' and enabled)
            returning *
            """)
        .param("kind", kind)
        .param("version", version)
        .param("hash", hash)
        .param("officer", officer)
        .param("now", Timestamp.from(now))
        .query(PolicyTable::read)
        .optional();
  }

  /** Empty when it is decided already or the actor is neither an officer nor its author. */
  Optional<PolicyDocument> reject(
      String kind, String version, String reason, String actor, Instant now) {
    return jdbc.sql(
            """
            update policy_document
               set rejected_by = :actor, rejected_at = :now, rejected_because = :reason
             where kind = :kind and version = :version
               and not shipped and approved_by is null and rejected_by is null
               and (author = :actor
                    or exists (select 1 from staff
                                where username = :actor and role = 'compliance' and enabled))
            returning *
            """)
        .param("kind", kind)
        .param("version", version)
        .param("reason", reason)
        .param("actor", actor)
        .param("now", Timestamp.from(now))
        .query(PolicyTable::read)
        .optional();
  }

  Optional<PolicyDocument> find(String kind, String version) {
    return jdbc.sql("select * from policy_document where kind = ? and version = ?")
        .params(kind, version)
        .query(PolicyTable::read)
        .optional();
  }

  List<PolicyDocument> all(String kind) {
    return jdbc.sql(
            "select * from policy_document where kind = ? order by created_at desc, version desc")
        .param(kind)
        .query(PolicyTable::read)
        .list();
  }

  List<PolicyDocument> applicable() {
    return jdbc.sql("select * from policy_document where shipped or approved_by is not null")
        .query(PolicyTable::read)
        .list();
  }

  private static PolicyDocument read(ResultSet row, int number) throws SQLException {
    return new PolicyDocument(
        row.getString("kind"),
        row.getString("version"),
        row.getString("hash"),
        row.getString("source"),
        row.getTimestamp("effective_from").toInstant(),
        row.getString("author"),
        row.getTimestamp("created_at").toInstant(),
        row.getBoolean("shipped"),
        row.getString("approved_by"),
        instant(row.getTimestamp("approved_at")),
        row.getString("rejected_by"),
        instant(row.getTimestamp("rejected_at")),
        row.getString("rejected_because"));
  }

  private static @Nullable Instant instant(@Nullable Timestamp value) {
    return value == null ? null : value.toInstant();
  }
}
