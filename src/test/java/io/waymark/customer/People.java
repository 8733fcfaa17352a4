package io.waymark.customer;

import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Customers nobody else's test knows. */
public final class People {

  public static final String BRANCH = "CUST-T1";
  public static final String OTHER_BRANCH = "CUST-T2";

  private static final AtomicLong NEXT = new AtomicLong(System.nanoTime() % 100_000_000);

  private People() {}

  public static void open(Branches branches) {
    branches.saveAll(List.of(new Branch(BRANCH, "测试一部"), new Branch(OTHER_BRANCH, "测试二部")));
  }

  public static String ref() {
    return "T%010d".formatted(NEXT.incrementAndGet());
  }

  public static String mobile() {
    return "139%08d".formatted(NEXT.incrementAndGet() % 100_000_000);
  }

  public static CustomerRecord somebody() {
    return somebody(ref(), Map.of());
  }

  public static CustomerRecord somebody(String ref, Map<String, String> identities) {
    return new CustomerRecord(
        ref,
        "张三丰",
        LocalDate.of(1986, 5, 1),
        BRANCH,
        null,
        CustomerClass.ORDINARY,
        LegalStatus.NORMAL,
        identities,
        Map.of());
  }

  public static CustomerRecord tagged(Map<String, String> tags) {
    CustomerRecord base = somebody();
    return new CustomerRecord(
        base.ref(),
        base.name(),
        base.birthDate(),
        base.branch(),
        base.advisor(),
        base.customerClass(),
        base.legalStatus(),
        base.identities(),
        tags);
  }
}
