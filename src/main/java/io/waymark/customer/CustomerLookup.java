package io.waymark.customer;

import io.waymark.platform.RowProblems;
import io.waymark.platform.crypto.KeyedHash;
import io.waymark.platform.database.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds customers by what the outside calls them: a ref, or {@code type:value}. */
@Component
public class CustomerLookup {

  private final JdbcClient jdbc;
  private final KeyedHash hashes;

  CustomerLookup(JdbcClient jdbc, KeyedHash hashes) {
    this.jdbc = jdbc;
    this.hashes = hashes;
  }

  /** A customer as far as rows of facts need to know one. */
  public record Known(long id, String branch) {}

  /**
   * The customers of those names that are known, by name as given; one statement. A name of a
   * record that was merged is a name of the survivor.
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
            select g.name, c.id, c.branch
              from unnest(?::text[], ?::text[], ?::bytea[]) as g (name, type, hash)
              join customer_identity i on i.type = g.type and i.hash = g.hash
              join customer r on r.id = i.customer_id
              join customer c on c.id = coalesce(r.merged_into, r.id)
            """)
        .params(
            refs.toArray(String[]::new),
            identified.toArray(String[]::new),
            Columns.texts(identities, i -> i.type().code()),
            Columns.bytes(identities, Identity::hash))
        .query(
            row -> {
              known.put(
                  row.getString("name"), new Known(row.getLong("id"), row.getString("branch")));
            });
    return known;
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
