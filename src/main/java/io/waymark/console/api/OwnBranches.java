package io.waymark.console.api;

import io.waymark.customer.Customers;
import io.waymark.customer.GateFactsReader;
import io.waymark.platform.staff.BranchScope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Keeps a caller to the customers of its own branches. A customer of another branch is answered as
 * an unknown one, so that nobody learns from a refusal who is a customer elsewhere.
 */
@Component
class OwnBranches {

  private final Customers customers;
  private final GateFactsReader facts;

  OwnBranches(Customers customers, GateFactsReader facts) {
    this.customers = customers;
    this.facts = facts;
  }

  /** Leaves out the rows about customers the scope does not cover; unknown customers stay in. */
  <T> Rows<T> within(Rows<T> rows, Function<T, String> customer, BranchScope scope) {
    if (scope.all() || rows.values().isEmpty()) {
      return rows;
    }
    Map<String, String> branches =
        branchesOf(rows.values().stream().map(customer).distinct().toList());
    return rows.map(
        row -> {
          String branch = branches.get(customer.apply(row));
          if (branch != null && !scope.covers(branch)) {
            throw new RefusedRow("customer", "unknown_customer", "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。");
          }
          return row;
        });
  }

  /** Branch by ref or identity, for the known ones. */
  Map<String, String> branchesOf(Collection<String> refsOrIdentities) {
    Map<String, Long> ids = customers.idsOf(refsOrIdentities);
    var known = facts.read(ids.values());
    Map<String, String> branches = new HashMap<>();
    ids.forEach(
        (ref, id) -> {
          var found = known.get(id);
          if (found != null) {
            branches.put(ref, found.branch());
          }
        });
    return branches;
  }
}
