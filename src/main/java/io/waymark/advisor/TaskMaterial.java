package io.waymark.advisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an advisor is given for one step: codes of templates, of which only approved versions are
 * ever shown.
 *
 * @param talkTrack code of the text to speak by, or null
 * @param materials codes of what may be sent to the customer, in the order drawn
 */
public record TaskMaterial(@Nullable String talkTrack, List<String> materials) {

  /** Nothing at hand. */
  public static final TaskMaterial NONE = new TaskMaterial(null, List.of());

  public TaskMaterial {
    materials = List.copyOf(materials);
  }
}
