package io.waymark.product;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Required statements of a product as JSON. */
final class Statements {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Statements() {}

  static String write(Map<String, String> statements) {
    try {
      return JSON.writeValueAsString(statements);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }

  static Map<String, String> read(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("statements of a product are not JSON", e);
    }
  }
}
