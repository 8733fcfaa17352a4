package io.waymark.journey.gallery;

import java.util.Map;

/**
 * What 「用这条旅程」 has made.
 *
 * @param drawing id of the new drawing
 * @param key id of the process in it
 * @param name its name
 * @param renamed texts and audiences that were copied under another code, because the broker has
 *     something else under the old one: new code by old code
 */
public record GalleryCopy(long drawing, String key, String name, Map<String, String> renamed) {

  public GalleryCopy {
    renamed = Map.copyOf(renamed);
  }
}
