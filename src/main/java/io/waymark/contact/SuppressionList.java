package io.waymark.contact;

import io.waymark.platform.Channel;
import java.util.Set;

/**
 * A named list of customers who are not to be marketed to.
 *
 * @param code lower-case letters, digits and single hyphens
 * @param name short Chinese name
 * @param meaning a sentence that says who belongs on it
 * @param channels the channels it holds for; empty for all
 */
public record SuppressionList(String code, String name, String meaning, Set<Channel> channels) {

  public SuppressionList {
    channels = Set.copyOf(channels);
  }
}
