package io.waymark.console;

import io.waymark.customer.intake.IntakeFigures;
import io.waymark.customer.tag.TagCounts;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagQuality;
import io.waymark.customer.tag.TagRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether what is known can be relied on: sources, refused rows, stale and empty tags. */
@ConsolePage
class DataQualityPage {

  private static final int MOST = 50;
  private static final List<Integer> PERIODS = List.of(1, 7, 30);

  private final IntakeFigures figures;
  private final TagRegistry registry;
  private final TagCounts counts;
  private final Words words;

  DataQualityPage(IntakeFigures figures, TagRegistry registry, TagCounts counts, Words words) {
    this.figures = figures;
    this.registry = registry;
    this.counts = counts;
    this.words = words;
  }

  /** A tag and its figures. */
  public record TagLine(TagDefinition tag, TagQuality quality) {}

  @GetMapping("/data-quality")
  String show(@RequestParam(defaultValue = "7") int days, Model model) {
    int period = PERIODS.contains(days) ? days : 7;
    Map<String, TagQuality> quality = counts.last();
    List<TagLine> worst =
        registry.all().stream()
            .filter(tag -> quality.containsKey(tag.code()))
            .map(tag -> new TagLine(tag, quality.get(tag.code())))
            .sorted(
                Comparator.comparingInt((TagLine line) -> -line.quality().stalePercent())
                    .thenComparingInt(line -> line.quality().knownPercent()))
            .toList();
    model.addAttribute("days", Integer.toString(period));
    model.addAttribute("periods", words.options("quality.days", Stream.of("1", "30")));
    model.addAttribute("sources", figures.sources(period));
    model.addAttribute("refusals", figures.refusals(period, MOST));
    model.addAttribute("tags", worst);
    model.addAttribute("undeclared", figures.undeclared(MOST));
    return "data-quality";
  }
}
