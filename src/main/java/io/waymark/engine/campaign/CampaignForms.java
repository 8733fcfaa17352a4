package io.waymark.engine.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.form.TaskForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;

/** The forms a campaign can be answered by, as shipped in {@code processes/campaign}. */
@Component
public class CampaignForms {

  private static final List<Choice> ALL =
      List.of(new Choice("campaign-offer", "业务邀约"), new Choice("campaign-service", "服务回访"));

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One form, for people to choose. */
  public record Choice(String code, String title) {}

  /** Every form, in the order people see them. */
  public List<Choice> all() {
    return ALL;
  }

  /**
   * A form with the strategy put before it, so that advisors read it wherever they work and whoever
   * reviews the drawing reads it too.
   *
   * @param id id of the new form
   * @throws TaskRefusedException when there is no such form
   */
  String with(String form, String id, String strategy) {
    try {
      ObjectNode read = (ObjectNode) JSON.readTree(source(form));
      read.put("id", id);
      ArrayNode components = JSON.createArrayNode();
      components.add(
          JSON.createObjectNode()
              .put("type", "text")
              .put("id", "Field_strategy")
              .put("text", "### 策略与要求\n" + strategy));
      for (JsonNode component : read.path("components")) {
        components.add(component);
      }
      read.set("components", components);
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(read);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("shipped form " + form + " is broken", broken);
    }
  }

  /** The answers a form offers, as codes in its order. */
  List<String> outcomes(String form) {
    return TaskForm.read(source(form)).outcomes().stream().map(one -> one.code()).toList();
  }

  private static String source(String form) {
    if (ALL.stream().noneMatch(one -> one.code().equals(form))) {
      throw new TaskRefusedException("form", "没有这份结果表单,请重新选择。");
    }
    return shipped(form + ".form");
  }

  static String shipped(String file) {
    try (InputStream content =
        CampaignForms.class.getResourceAsStream("/processes/campaign/" + file)) {
      if (content == null) {
        throw new IllegalStateException("missing file processes/campaign/" + file);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
