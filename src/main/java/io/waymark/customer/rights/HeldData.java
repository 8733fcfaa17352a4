package io.waymark.customer.rights;

import java.util.function.Consumer;

/** One kind of data held about customers, for the copy a person may ask for. */
public interface HeldData {

  /** Name of the file in the copy, without its ending, e.g. {@code journeys}. */
  String name();

  /** Every row about one customer record, each as one JSON object. */
  void of(long customerId, Consumer<String> json);
}
