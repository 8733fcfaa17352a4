package io.waymark.customer;

import io.waymark.platform.database.Columns;
import io.waymark.platform.rehearsal.Rehearsing;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements of an import on {@code customer} and {@code customer_identity}. */
@Component
class CustomerRows {

  private static final long IMPORT_LOCK = 0x7761796d_63757374L;

  /** What carries the branch of its customer and follows when the customer moves. */
  private static final List<String> TABLES_WITH_BRANCH =
      List.of("customer_identity", "customer_tag", "holding", "consent", "assessment");

  private final JdbcClient jdbc;
  private final Clock clock;

  CustomerRows(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** One import at a time, until the transaction ends. */
  void lockImports() {
    if (!Rehearsing.on()) {
      jdbc.sql("select pg_advisory_xact_lock(?)").param(IMPORT_LOCK).query().singleRow();
    }
  }

  /** The known customers among those refs, by ref. */
  Map<String, StoredCustomer> stored(Collection<String> refs) {
    Map<String, StoredCustomer> stored = new HashMap<>();
    jdbc.sql("select id, ref, branch, name_sealed from customer where ref = any(?)")
        .param(refs.toArray(String[]::new))
        .query(
            row -> {
              stored.put(
                  row.getString("ref"),
                  new StoredCustomer(
                      row.getLong("id"),
                      row.getString("ref"),
                      row.getString("branch"),
                      row.getBytes("name_sealed")));
            });
    return stored;
  }

  List<Long> newIds(long count) {
    return jdbc.sql("select nextval('customer_id_seq') from generate_series(1, ?)")
        .param(count)
        .query(Long.class)
        .list();
  }

  void upsert(List<CustomerWrite> writes) {
    Timestamp now = Timestamp.from(clock.instant());
    jdbc.sql(
            """
            insert into customer as c
                   (id, ref, branch, advisor, customer_class, legal_status, birth_date,
                    name_sealed, name_masked, person_hash, created_at, updated_at)
            select id, ref, branch, advisor, customer_class, legal_status, birth_date,
                   name_sealed, name_masked, nullif(person_hash, ''::bytea), ?, ?
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::date[], ?::bytea[], ?::text[], ?::bytea[])
                   as g (id, ref, branch, advisor, customer_class, legal_status, birth_date,
                         name_sealed, name_masked, person_hash)
             order by id
            on conflict (id) do update
               set branch = excluded.branch, advisor = excluded.advisor,
                   customer_class = excluded.customer_class,
                   legal_status = excluded.legal_status, birth_date = excluded.birth_date,
                   name_sealed = excluded.name_sealed, name_masked = excluded.name_masked,
                   person_hash = excluded.person_hash, updated_at = excluded.updated_at
             where (c.branch, c.advisor, c.customer_class, c.legal_status, c.birth_date,
                    c.name_sealed, c.person_hash)
                   is distinct from
                   (excluded.branch, excluded.advisor, excluded.customer_class,
                    excluded.legal_status, excluded.birth_date, excluded.name_sealed,
                    excluded.person_hash)
            """)
        .params(
            now,
            now,
            Columns.longs(writes, CustomerWrite::id),
            Columns.texts(writes, write -> write.record().ref()),
            Columns.texts(writes, write -> write.record().branch()),
            Columns.texts(writes, CustomerRows::advisor),
            Columns.texts(writes, write -> write.record().customerClass().name()),
            Columns.texts(writes, write -> write.record().legalStatus().name()),
            Columns.texts(writes, CustomerRows::birthDate),
            Columns.bytes(writes, CustomerWrite::sealedName),
            Columns.texts(writes, CustomerWrite::maskedName),
            Columns.bytes(writes, write -> write.row().personHash()))
        .update();
  }

  /**
   * Writes the identities given: of a type a row names, they are all the customer has from now on.
   * When they were last stated is noted to the week, so that a nightly import writes nothing.
   */
  void upsertIdentities(List<CustomerWrite> writes) {
    List<SealedIdentity> identities =
        writes.stream().flatMap(write -> write.identities().stream()).toList();
    if (identities.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            delete from customer_identity i
             using (select distinct customer_id, type
                      from unnest(?::bigint[], ?::text[]) as g (customer_id, type)) named
             where i.customer_id = named.customer_id and i.type = named.type
               and not exists (select
                                 from unnest(?::bigint[], ?::text[], ?::bytea[])
                                      as g (customer_id, type, hash)
                                where (g.customer_id, g.type, g.hash) =
                                      (i.customer_id, i.type, i.hash))
            """)
        .params(
            Columns.longs(identities, SealedIdentity::customerId),
            Columns.texts(identities, SealedIdentity::type),
            Columns.longs(identities, SealedIdentity::customerId),
            Columns.texts(identities, SealedIdentity::type),
            Columns.bytes(identities, identity -> identity.identity().hash()))
        .update();
    addIdentities(identities);
  }

  /** Writes identities beside what the customers have; position 0 stands behind all of its type. */
  void addIdentities(List<SealedIdentity> identities) {
    Timestamp now = Timestamp.from(clock.instant());
    jdbc.sql(
            """
            insert into customer_identity as i
                   (customer_id, type, hash, branch, sealed, masked, position, since, stated_at,
                    updated_at)
            select g.customer_id, g.type, g.hash, c.branch, g.sealed, g.masked,
                   case when g.position > 0 then g.position else 100 end, ?, ?, ?
              from unnest(?::bigint[], ?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::int[])
                   as g (customer_id, type, hash, sealed, masked, position)
              join customer c on c.id = g.customer_id
             order by g.customer_id, g.type, g.hash
            on conflict (customer_id, type, hash) do update
               set position = least(excluded.position, case when excluded.position = 100
                                                            then i.position else 100 end),
                   stated_at = excluded.stated_at, updated_at = excluded.updated_at
             where (excluded.position < 100 and i.position <> excluded.position)
                or i.stated_at < excluded.stated_at - interval '7 days'
            """)
        .params(
            now,
            now,
            now,
            Columns.longs(identities, SealedIdentity::customerId),
            Columns.texts(identities, SealedIdentity::type),
            Columns.bytes(identities, identity -> identity.identity().hash()),
            Columns.bytes(identities, SealedIdentity::sealed),
            Columns.texts(identities, identity -> identity.identity().masked()),
            Columns.texts(identities, identity -> Integer.toString(identity.position())))
        .update();
  }

  /** Brings what is known of moved customers to their new branch. History stays where it was. */
  void move(List<CustomerWrite> moved) {
    if (moved.isEmpty()) {
      return;
    }
    Long[] ids = Columns.longs(moved, CustomerWrite::id);
    for (String table : TABLES_WITH_BRANCH) {
      jdbc.sql(
              """
              update %s t set branch = c.branch
                from customer c
               where c.id = t.customer_id and t.customer_id = any(?) and t.branch <> c.branch
              """
                  .formatted(table))
          .param(ids)
          .update();
    }
  }

  private static @Nullable String advisor(CustomerWrite write) {
    String advisor = write.record().advisor();
    return advisor == null || advisor.isBlank() ? null : advisor;
  }

  private static @Nullable String birthDate(CustomerWrite write) {
    LocalDate birthDate = write.record().birthDate();
    return birthDate == null ? null : birthDate.toString();
  }
}
