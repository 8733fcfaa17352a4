package io.waymark.customer.identity;

import io.waymark.customer.IdentityType;
import io.waymark.platform.database.Columns;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads persons with all their records for the judge; two statements. Erased persons are absent.
 */
@Component
class PersonFactsReader {

  private final JdbcClient jdbc;

  PersonFactsReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The persons these records belong to, by the id of the surviving record. */
  List<PersonFacts> of(Collection<Long> recordIds) {
    Map<Long, List<PersonFacts.Held>> identities = identities(recordIds);
    Map<Long, List<PersonFacts.Record>> persons = new HashMap<>();
    jdbc.sql(
            """
            select p.person, c.id, c.ref, c.branch, c.birth_date,
                   encode(c.person_hash, 'hex') as person_hash
              from person_record p join customer c on c.id = p.record
             where p.person in (select coalesce(merged_into, id) from customer where id = any(?))
               and c.erased_at is null
             order by c.id
            """)
        .param(Columns.longs(recordIds))
        .query(
            row -> {
              long id = row.getLong("id");
              Date born = row.getDate("birth_date");
              persons
                  .computeIfAbsent(row.getLong("person"), person -> new ArrayList<>())
                  .add(
                      new PersonFacts.Record(
                          id,
                          Objects.requireNonNull(row.getString("ref")),
                          Objects.requireNonNull(row.getString("branch")),
                          born == null ? null : born.toLocalDate(),
                          row.getString("person_hash"),
                          identities.getOrDefault(id, List.of())));
            });
    return persons.entrySet().stream()
        .map(entry -> new PersonFacts(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Map<Long, List<PersonFacts.Held>> identities(Collection<Long> recordIds) {
    Map<Long, List<PersonFacts.Held>> identities = new HashMap<>();
    jdbc.sql(
            """
            select i.customer_id, i.type, i.hash, i.stated_at
              from person_record p join customer_identity i on i.customer_id = p.record
             where p.person in (select coalesce(merged_into, id) from customer where id = any(?))
            """)
        .param(Columns.longs(recordIds))
        .query(
            row -> {
              identities
                  .computeIfAbsent(row.getLong("customer_id"), id -> new ArrayList<>())
                  .add(
                      new PersonFacts.Held(
                          IdentityType.find(row.getString("type")).orElseThrow(),
                          HexFormat.of().formatHex(row.getBytes("hash")),
                          Columns.instant(row, "stated_at")));
            });
    return identities;
  }
}
