package io.waymark.customer;

import io.waymark.platform.RowProblems;
import io.waymark.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/** A sound assessment of a known customer, with times as the database keeps them. */
record AssessedCustomer(long customerId, String branch, RiskAssessment assessment) {

  static AssessedCustomer of(CustomerLookup.Known known, RiskAssessment given) {
    return new AssessedCustomer(
        known.id(),
        known.branch(),
        new RiskAssessment(
            given.level(),
            given.minimumClass(),
            RowProblems.micros(given.assessedAt()),
            RowProblems.micros(given.expiresAt()),
            given.maxTerm(),
            given.productTypes(),
            given.objective()));
  }

  static RiskAssessment read(ResultSet row) throws SQLException {
    return new RiskAssessment(
        RiskTolerance.valueOf(row.getString("level")),
        row.getBoolean("minimum_class"),
        Columns.instant(row, "assessed_at"),
        Columns.instant(row, "expires_at"),
        row.getString("max_term"),
        Set.of((String[]) row.getArray("product_types").getArray()),
        row.getString("objective"));
  }

  /** Product types sorted and joined: one spelling per set. */
  String types() {
    return String.join(",", assessment.productTypes().stream().sorted().toList());
  }

  boolean isBefore(AssessedCustomer other) {
    return assessment.assessedAt().isBefore(other.assessment().assessedAt());
  }
}
