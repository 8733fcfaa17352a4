package io.waymark.compliance;

import io.waymark.content.RenderException;
import io.waymark.content.Rendered;
import io.waymark.content.Renderer;
import io.waymark.content.TemplateMetadata;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The machine's half of the double review: a text rendered for one sample reader of every customer
 * class, scanned, and checked for what it must carry. The decision is a person's.
 */
@Component
public class ContentReview {

  private static final Map<String, String> READERS = readers();

  private final Renderer renderer;
  private final ContentScanner scanner;
  private final RequiredElements elements;

  ContentReview(Renderer renderer, ContentScanner scanner, RequiredElements elements) {
    this.renderer = renderer;
    this.scanner = scanner;
    this.elements = elements;
  }

  /** One sheet per sample reader, from the most cautious to the professional. */
  public List<ReviewSheet> review(TemplateMetadata metadata, String source) {
    return READERS.entrySet().stream()
        .map(reader -> sheet(metadata, source, reader.getKey(), reader.getValue()))
        .toList();
  }

  private ReviewSheet sheet(
      TemplateMetadata metadata, String source, String reader, String highestRisk) {
    try {
      Rendered rendered = renderer.preview(metadata, source, sample(metadata, highestRisk));
      String text =
          rendered.subject() == null
              ? rendered.body()
              : rendered.subject() + "\n" + rendered.body();
      return new ReviewSheet(
          reader,
          rendered,
          null,
          scanner.scan(text),
          elements.missing(metadata, text, metadata.channel()));
    } catch (RenderException e) {
      return new ReviewSheet(reader, null, e.getMessage(), scanner.scan(source), List.of());
    }
  }

  /** Values of the right shape for everything a template declares. */
  private static Map<String, Object> sample(TemplateMetadata metadata, String risk) {
    Map<String, Map<String, Object>> model = new HashMap<>();
    for (String variable : metadata.variables()) {
      String[] names = variable.split("\\.", 2);
      model.computeIfAbsent(names[0], key -> new HashMap<>()).put(names[1], "示例");
    }
    put(model, "customer", Map.of("name", "王晓明", "salutation", "王女士", "ref", "K10001"));
    put(model, "broker", Map.of("name", "示例证券股份有限公司", "hotline", "95000"));
    put(
        model,
        "product",
        Map.of("code", "000001", "name", "示例混合型证券投资基金", "type", "mixed_fund", "risk", risk));
    return new HashMap<>(model);
  }

  private static void put(
      Map<String, Map<String, Object>> model, String group, Map<String, Object> values) {
    model.computeIfPresent(
        group,
        (key, declared) -> {
          declared.putAll(values);
          return declared;
        });
  }

  private static Map<String, String> readers() {
    Map<String, String> readers = new LinkedHashMap<>();
    readers.put("普通投资者 C1(最低类别)", "R1");
    readers.put("普通投资者 C1", "R1");
    readers.put("普通投资者 C2", "R2");
    readers.put("普通投资者 C3", "R3");
    readers.put("普通投资者 C4", "R4");
    readers.put("普通投资者 C5", "R5");
    readers.put("专业投资者", "R5");
    return readers;
  }
}
