package io.waymark.evidence.pack;

import java.time.Instant;

/** What a pack is about. */
public sealed interface PackSubject {

  /** As the evidence names it, e.g. {@code customer:17}. */
  String code();

  /** For the title of the report. */
  String title();

  /**
   * One customer.
   *
   * @param ref the broker's customer number
   */
  record OfCustomer(long customerId, String ref, String branch) implements PackSubject {

    @Override
    public String code() {
      return "customer:" + customerId;
    }

    @Override
    public String title() {
      return "客户 " + ref;
    }
  }

  /**
   * One journey in a span of time.
   *
   * @param from not before
   * @param to before
   */
  record OfJourney(String key, String name, Instant from, Instant to) implements PackSubject {

    @Override
    public String code() {
      return "journey:" + key;
    }

    @Override
    public String title() {
      return "旅程「" + name + "」（" + key + "）";
    }
  }
}
