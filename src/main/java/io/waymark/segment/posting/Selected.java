package io.waymark.segment.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * Customers a rule selects, found in memory.
 *
 * @param customers ids; not to be changed
 * @param branches of each branch the customers, others than these among them
 */
public record Selected(RoaringBitmap customers, Map<String, RoaringBitmap> branches) {

  /** Takes one customer after the other. */
  @FunctionalInterface
  public interface Visitor {

    /** One customer with its branch. */
    void visit(long customerId, String branch);
  }

  /** How many there are. */
  public long size() {
    return customers.getLongCardinality();
  }

  /** Some of them, in order of id. */
  public List<Long> first(int most) {
    List<Long> some = new ArrayList<>();
    for (var ids = customers.getIntIterator(); ids.hasNext() && some.size() < most; ) {
      some.add((long) ids.next());
    }
    return some;
  }

  /** All of them with their branches, in order of id. */
  public void visit(Visitor visitor) {
    if (customers.isEmpty()) {
      return;
    }
    List<String> names = List.copyOf(branches.keySet());
    short[] branchOf = new short[customers.last() + 1];
    for (int i = 0; i < names.size(); i++) {
      short branch = (short) i;
      RoaringBitmap.and(customers, branches.get(names.get(i)))
          .forEach((int id) -> branchOf[id] = branch);
    }
    customers.forEach((int id) -> visitor.visit(id, names.get(branchOf[id])));
  }
}
