package io.waymark.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.journey.LeaveReasons;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * What the editor works with: the element templates as shipped, and the words that go with them.
 */
@Component
class DrawingKit {

  private final ObjectMapper json;
  private final String location;
  private final Words words;

  DrawingKit(
      ObjectMapper json,
      @Value("${waymark.processes.location:classpath*:processes/}") String location,
      Words words) {
    this.json = json;
    this.location = location;
    this.words = words;
  }

  /**
   * All of it.
   *
   * @param templates element templates of the Camunda Modeler, by name
   * @param goals goals a journey may reach
   * @param reasons reasons to leave one
   */
  record Kit(List<JsonNode> templates, List<Option> goals, List<Option> reasons) {}

  Kit all() {
    return new Kit(templates(), titled(LeaveReasons.goals()), titled(LeaveReasons.reasons()));
  }

  String word(String key) {
    return words.of(key);
  }

  private List<JsonNode> templates() {
    try {
      List<JsonNode> found = new ArrayList<>();
      for (Resource file :
          new PathMatchingResourcePatternResolver()
              .getResources(location + "element-templates/*.json")) {
        try (InputStream stream = file.getInputStream()) {
          found.add(json.readTree(stream));
        }
      }
      found.sort(Comparator.comparing(one -> one.path("id").asText()));
      return List.copyOf(found);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Option> titled(List<String> codes) {
    return codes.stream().map(code -> new Option(code, LeaveReasons.title(code))).toList();
  }
}
