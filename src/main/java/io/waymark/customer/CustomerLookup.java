package io.waymark.customer;

import io.waymark.customer.identity.RulesInForce;
import io.waymark.platform.RowProblems;
import io.waymark.platform.crypto.KeyedHash;
import io.waymark.platform.database.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds customers by what the outside calls them: a ref, or {@code type:value}. */
@Component
public class CustomerLookup {

  private final JdbcClient jdbc;
  private final KeyedHash hashes;
  private final RulesInForce rules;

  CustomerLookup(JdbcClient jdbc, KeyedHash hashes, RulesInForce rules) {
    this.jdbc = jdbc;
    this.hashes = hashes;
    this.rules = rules;
  }

  /** A customer as far as rows of facts need to know one. */
  public record Known(long id, String branch) {}

  /**
   * The customers of those names that are known, by name as given; one statement. A name of a
   * record that was merged is a name of the survivor. An identity counts as long as the rules say;
   * one that several customers state is the first one's, and nobody's where sharing it is normal.
   */
  public Map<String, Known> find(Collection<String> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    List<String> refs = new ArrayList<>();
    List<String> identified = new ArrayList<>();
    List<Identity> identities = new ArrayList<>();
    for (String name : names) {
      if (RowProblems.unstorable(name)) {
        continue;
      }
      Optional<Identity> identity = identity(name);
      if (identity.isPresent()) {
        identified.add(name);
        identities.add(identity.get());
      } else {
        refs.add(name);
      }
    }
    Map<String, Known> known = new HashMap<>();
    jdbc.sql(
            """
            select r.ref as name, c.id, c.branch
              from customer r
              join customer c on c.id = coalesce(r.merged_into, r.id)
             where r.ref = any(?) and c.erased_at is null
            union all
            select f.name, f.id, f.branch
              from (select g.name, c.id, c.branch,
                           row_number() over mine as place,
                           g.shared and min(c.id) over whole <> max(c.id) over whole as nobody
                      from unnest(?::text[], ?::text[], ?::bytea[], ?::timestamptz[], ?::boolean[])
                           as g (name, type, hash, since, shared)
                      join customer_identity i
                        on i.type = g.type and i.hash = g.hash and i.stated_at >= g.since
                      join customer r on r.id = i.customer_id
                      join customer c on c.id = coalesce(r.merged_into, r.id)
                    window whole as (partition by g.name),
                           mine as (partition by g.name order by i.since, r.ref)) f
             where f.place = 1 and not f.nobody
            """)
        .params(
            refs.toArray(String[]::new),
            identified.toArray(String[]::new),
            Columns.texts(identities, i -> i.type().code()),
            Columns.bytes(identities, Identity::hash),
            Columns.instants(identities, i -> rules.validSince(i.type())),
            identities.stream().map(i -> rules.of(i.type()).shared()).toArray(Boolean[]::new))
        .query(
            row -> {
              known.put(
                  row.getString("name"), new Known(row.getLong("id"), row.getString("branch")));
            });
    return known;
  }

  /**
   * Everybody who states these identities, by name as given, whoever was first and however long
   * ago: who may be meant where being wrong must err on the safe side. One statement.
   */
  Map<String, Set<Long>> holders(Collection<String> identities) {
    List<String> names = new ArrayList<>();
    List<Identity> known = new ArrayList<>();
    for (String name : identities) {
      identity(name)
          .ifPresent(
              one -> {
                names.add(name);
                known.add(one);
              });
    }
    Map<String, Set<Long>> holders = new HashMap<>();
    jdbc.sql(
            """
            select g.name, coalesce(c.merged_into, c.id) as id
              from unnest(?::text[], ?::text[], ?::bytea[]) as g (name, type, hash)
              join customer_identity i on i.type = g.type and i.hash = g.hash
              join customer c on c.id = i.customer_id
             where c.erased_at is null
            """)
        .params(
            names.toArray(String[]::new),
            Columns.texts(known, i -> i.type().code()),
            Columns.bytes(known, Identity::hash))
        .query(
            row -> {
              holders
                  .computeIfAbsent(row.getString("name"), name -> new TreeSet<>())
                  .add(row.getLong("id"));
            });
    return holders;
  }

  /** The identity a name spells as {@code type:value}, empty when it is a ref. */
  Optional<Identity> identity(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : IdentityType.find(name.substring(0, colon))
            .map(type -> Identity.of(type, name.substring(colon + 1), hashes));
  }
}
