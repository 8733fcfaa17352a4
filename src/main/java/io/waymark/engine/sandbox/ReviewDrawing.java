package io.waymark.engine.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;

/**
 * The one drawing that is no journey: the review that journeys themselves go through. It is part of
 * the software, may use steps closed to marketers, and is taken in exactly as shipped or not at
 * all.
 */
public final class ReviewDrawing {

  /** Process id, reserved for it. */
  public static final String KEY = "content-review";

  private static final Map<String, byte[]> FILES = read(KEY + ".bpmn", "review-decision.form");

  private ReviewDrawing() {}

  /** Its files as shipped, content by name. */
  public static Map<String, byte[]> files() {
    return new TreeMap<>(FILES);
  }

  /** Whether a deployment is this drawing and nothing else. */
  public static boolean is(Map<String, ResourceEntity> deployed) {
    return deployed.keySet().equals(FILES.keySet())
        && deployed.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue().getBytes(), FILES.get(file.getKey())));
  }

  private static Map<String, byte[]> read(String... names) {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names) {
      String path = "/processes/" + name;
      try (InputStream file =
          Objects.requireNonNull(ReviewDrawing.class.getResourceAsStream(path), path)) {
        files.put(name, file.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(path, e);
      }
    }
    return files;
  }
}
