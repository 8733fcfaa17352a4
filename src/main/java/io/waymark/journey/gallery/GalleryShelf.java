package io.waymark.journey.gallery;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.content.TemplateFile;
import io.waymark.content.TemplateFolder;
import io.waymark.journey.JourneySettings;
import io.waymark.journey.drawing.DrawingFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Reads the folder {@code processes/gallery} once, when the application starts. */
@Component
class GalleryShelf {

  private static final String FOLDER = "gallery/";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
          .build();

  private final List<GalleryJourney> journeys;

  /**
   * @param location the folder of the journeys, as for those that are deployed at the start
   */
  GalleryShelf(
      TemplateFolder templates,
      @Value("${waymark.processes.location:classpath*:processes/}") String location) {
    Map<String, TemplateFile> texts =
        templates.read(FOLDER).stream()
            .collect(Collectors.toMap(file -> file.metadata().code(), Function.identity()));
    journeys = read(location + FOLDER, texts);
  }

  List<GalleryJourney> journeys() {
    return journeys;
  }

  private static List<GalleryJourney> read(String folder, Map<String, TemplateFile> texts) {
    List<GalleryJourney> found = new ArrayList<>();
    try {
      for (Resource drawing :
          new PathMatchingResourcePatternResolver().getResources(folder + "*.bpmn")) {
        found.add(journey(drawing, texts));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    found.sort(Comparator.comparing(GalleryJourney::stage).thenComparing(GalleryJourney::key));
    return List.copyOf(found);
  }

  private static GalleryJourney journey(Resource file, Map<String, TemplateFile> texts)
      throws IOException {
    String xml = text(file);
    GalleryDrawing drawing = new GalleryDrawing(xml);
    GalleryNote note =
        YAML.readValue(text(file.createRelative(drawing.key() + ".yaml")), GalleryNote.class);
    Map<String, String> files = new TreeMap<>(Map.of(drawing.key() + ".bpmn", xml));
    for (String name : drawing.beside()) {
      files.put(name, text(file.createRelative(name)));
    }
    List<String> templates = drawing.templates();
    return new GalleryJourney(
        drawing.key(),
        drawing.name(),
        GalleryStage.of(note.stage()),
        note.summary(),
        note.enters(),
        drawing.documentation(),
        note.when(),
        note.needs(),
        note.expect(),
        note.notFor(),
        JourneySettings.read(drawing.settings()),
        new DrawingFiles(files),
        templates,
        templates.stream().filter(texts::containsKey).map(texts::get).toList(),
        note.audiences().stream().map(GalleryNote.NotedAudience::draft).toList(),
        note.events().stream().map(GalleryNote.NotedEvent::type).toList(),
        note.tags().stream().map(GalleryNote.NotedTag::definition).toList(),
        YAML
            .readValue(
                text(file.createRelative(drawing.key() + ".rehearsal.yaml")), RehearsalNote.class)
            .kept()
            .stream()
            .map(RehearsalNote.Kept::rehearsal)
            .toList());
  }

  private static String text(Resource file) throws IOException {
    return file.getContentAsString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
