package io.waymark.customer;

import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads customers as screens show them: three statements for any number. */
@Component
class CustomerProfiles {

  private static final Pattern BARE_MOBILE = Pattern.compile("1[3-9]\\d{9}");

  private static final String MATCHING =
      """
        from customer c
       where (:everywhere or c.branch = any(:branches))
         and c.merged_into is null and c.erased_at is null
         and (:unnamed or c.ref like :prefix
              or c.id = (select r.merged_into from customer r where r.ref = :exact)
              or c.id in (select coalesce(r.merged_into, r.id)
                           from customer_identity i join customer r on r.id = i.customer_id
                          where i.type = :type and i.hash = :hash))
         and (:branch::text is null or c.branch = :branch)
         and (:advisor::text is null or c.advisor = :advisor)
         and (:class::text is null or c.customer_class = :class)
         and (:status::text is null or c.legal_status = :status)
         and (:tag::text is null or exists
               (select from customer_tag t
                 where t.customer_id = c.id and t.tag = :tag
                   and (:value::text is null or t.value = :value)))
      """;

  private final JdbcClient jdbc;
  private final CustomerLookup lookup;
  private final CustomerTags tags;

  CustomerProfiles(JdbcClient jdbc, CustomerLookup lookup, CustomerTags tags) {
    this.jdbc = jdbc;
    this.lookup = lookup;
    this.tags = tags;
  }

  List<CustomerProfile> page(CustomerFilter filter, BranchScope scope, int offset, int limit) {
    List<Long> ids =
        matching(
                "select c.id" + "\n" + MATCHING + " order by c.ref offset :offset limit :limit",
                filter,
                scope)
            .param("offset", offset)
            .param("limit", limit)
            .query(Long.class)
            .list();
    return read(ids);
  }

  long count(CustomerFilter filter, BranchScope scope) {
    return matching("select count(*)\n" + MATCHING, filter, scope).query(Long.class).single();
  }

  /** The profiles of those ids, by ref. */
  List<CustomerProfile> read(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<Long, Map<String, String>> identities = identities(ids);
    Map<Long, Map<String, String>> tagged = tags.of(ids, List.of());
    return jdbc.sql(
            """
            select id, ref, name_masked, branch, advisor, customer_class, legal_status, birth_date
              from customer where id = any(?) order by ref
            """)
        .param(Columns.longs(ids))
        .query((row, number) -> profile(row, identities, tagged))
        .list();
  }

  private JdbcClient.StatementSpec matching(String sql, CustomerFilter filter, BranchScope scope) {
    String text = blankToNull(filter.text());
    Identity identity = text == null ? null : identity(text).orElse(null);
    return jdbc.sql(sql)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("unnamed", text == null)
        .param("prefix", text == null ? null : prefix(text))
        .param("exact", text)
        .param("type", identity == null ? null : identity.type().code())
        .param("hash", identity == null ? null : identity.hash())
        .param("branch", blankToNull(filter.branch()))
        .param("advisor", blankToNull(filter.advisor()))
        .param("class", filter.customerClass() == null ? null : filter.customerClass().name())
        .param("status", filter.legalStatus() == null ? null : filter.legalStatus().name())
        .param("tag", blankToNull(filter.tag()))
        .param("value", blankToNull(filter.tagValue()));
  }

  private Optional<Identity> identity(String text) {
    if (BARE_MOBILE.matcher(text).matches()) {
      return lookup.identity("mobile:" + text);
    }
    return lookup.identity(text.contains("@") && !text.contains(":") ? "email:" + text : text);
  }

  private static String prefix(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private Map<Long, Map<String, String>> identities(Collection<Long> ids) {
    Map<Long, Map<String, String>> identities = new HashMap<>();
    jdbc.sql(
            """
            select customer_id, type, string_agg(masked, '、' order by position, hash) as masked
              from customer_identity where customer_id = any(?) group by customer_id, type
            """)
        .param(Columns.longs(ids))
        .query(
            row -> {
              identities
                  .computeIfAbsent(row.getLong("customer_id"), id -> new HashMap<>())
                  .put(row.getString("type"), row.getString("masked"));
            });
    return identities;
  }

  private static CustomerProfile profile(
      ResultSet row, Map<Long, Map<String, String>> identities, Map<Long, Map<String, String>> tags)
      throws SQLException {
    long id = row.getLong("id");
    Date born = row.getDate("birth_date");
    return new CustomerProfile(
        id,
        row.getString("ref"),
        row.getString("name_masked"),
        row.getString("branch"),
        row.getString("advisor"),
        CustomerClass.valueOf(row.getString("customer_class")),
        LegalStatus.valueOf(row.getString("legal_status")),
        born == null ? null : born.toLocalDate(),
        identities.getOrDefault(id, Map.of()),
        tags.getOrDefault(id, Map.of()));
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
