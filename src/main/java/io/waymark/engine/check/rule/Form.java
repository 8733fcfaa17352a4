package io.waymark.engine.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A form as far as a drawing depends on it.
 *
 * @param outcomes values of its field {@code outcome}; empty when it has no such field
 */
public record Form(String id, List<String> outcomes) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> CHOICES = Set.of("radio", "select");

  /** Reads a form; empty when it cannot be read. */
  public static Optional<Form> read(byte[] bytes) {
    try {
      JsonNode form = JSON.readTree(bytes);
      return Optional.of(new Form(form.path("id").asText(""), outcomes(form)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static List<String> outcomes(JsonNode around) {
    for (JsonNode field : around.path("components")) {
      if (field.path("key").asText().equals("outcome")
          && CHOICES.contains(field.path("type").asText())) {
        return field.path("values").findValuesAsText("value");
      }
      List<String> inside = outcomes(field);
      if (!inside.isEmpty()) {
        return inside;
      }
    }
    return List.of();
  }
}
