package io.waymark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.w3c.dom.Element;

/** What the file beside a message template says about it, as far as a drawing depends on it. */
record JourneyContent(String channel, boolean requiresProduct) {

  /** The content a step names; empty when it names none. */
  static Optional<JourneyContent> of(Element step) {
    return Optional.ofNullable(JourneyDrawing.settings(step).get("template"))
        .map(JourneyContent::read);
  }

  static boolean exists(String template) {
    return Files.exists(file(template, ".yaml")) && Files.exists(file(template, ".ftl"));
  }

  private static JourneyContent read(String template) {
    try {
      JsonNode metadata =
          new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file(template, ".yaml")));
      return new JourneyContent(
          metadata.path("channel").asText(), metadata.path("requiresProduct").asBoolean());
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Path file(String template, String ending) {
    Path shelved = Path.of("templates", "gallery", template + ending);
    return Files.exists(shelved) ? shelved : Path.of("templates", template + ending);
  }
}
