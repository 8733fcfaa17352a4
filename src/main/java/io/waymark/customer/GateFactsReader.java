package io.waymark.customer;

import io.waymark.customer.tag.CustomerTags;
import io.waymark.platform.database.Columns;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the facts the gates ask for: four statements, whatever the number of customers. */
@Component
public class GateFactsReader {

  private final JdbcClient jdbc;
  private final Consents consents;
  private final RiskAssessments assessments;
  private final CustomerTags tags;

  GateFactsReader(
      JdbcClient jdbc, Consents consents, RiskAssessments assessments, CustomerTags tags) {
    this.jdbc = jdbc;
    this.consents = consents;
    this.assessments = assessments;
    this.tags = tags;
  }

  /**
   * Facts by id; unknown customers are absent, and so are erased ones and records merged into
   * another: only the survivor is contacted. Status, class, consents and assessment are the
   * strictest of all records of the person.
   */
  public Map<Long, GateFacts> read(Collection<Long> customerIds) {
    if (customerIds.isEmpty()) {
      return Map.of();
    }
    Map<Long, ConsentMatrix> matrices = consents.of(customerIds);
    Map<Long, RiskAssessment> current = assessments.current(customerIds);
    Map<Long, Map<String, String>> tagged = tags.of(customerIds, List.of());
    Map<Long, GateFacts> facts = new HashMap<>();
    jdbc.sql(
            """
            select c.id, c.ref, c.branch, c.birth_date,
                   (select min(r.customer_class) from customer r
                     where coalesce(r.merged_into, r.id) = c.id) as customer_class,
                   (select r.legal_status from customer r
                     where coalesce(r.merged_into, r.id) = c.id
                     order by array_position(array['DECEASED', 'BLACKLISTED', 'RESTRICTED',
                                                   'COMPLAINT_HOLD', 'NORMAL'], r.legal_status)
                     limit 1) as legal_status
              from customer c where c.id = any(?) and c.merged_into is null
               and c.erased_at is null
            """)
        .param(Columns.longs(customerIds))
        .query(
            row -> {
              long id = row.getLong("id");
              facts.put(id, facts(id, row, matrices, current, tagged));
            });
    return facts;
  }

  private static GateFacts facts(
      long id,
      ResultSet row,
      Map<Long, ConsentMatrix> matrices,
      Map<Long, RiskAssessment> current,
      Map<Long, Map<String, String>> tagged)
      throws SQLException {
    Date born = row.getDate("birth_date");
    return new GateFacts(
        id,
        row.getString("ref"),
        row.getString("branch"),
        CustomerClass.valueOf(row.getString("customer_class")),
        LegalStatus.valueOf(row.getString("legal_status")),
        born == null ? null : born.toLocalDate(),
        matrices.getOrDefault(id, ConsentMatrix.empty()),
        current.get(id),
        tagged.getOrDefault(id, Map.of()));
  }
}
