package io.waymark.customer.tag;

import java.util.Collection;

/** The door for whoever computes tags: rules, scores, steps of journeys. */
public interface TagWriter {

  /**
   * Sets many tags at once, in the caller's transaction if there is one; of two values for one tag
   * of one customer the last counts, values of unknown customers are left out. A value that was
   * true earlier than the one stored ({@link TagValue#asOf}) changes nothing.
   *
   * @param actor username, {@code api:<key name>}, {@code rule:<tag>} or {@code journey:<key>}
   */
  void setAll(Collection<TagValue> values, String actor);

  /** Takes a tag away from customers, so that it is unknown of them. */
  void remove(String tag, Collection<Long> customerIds, String actor);
}
