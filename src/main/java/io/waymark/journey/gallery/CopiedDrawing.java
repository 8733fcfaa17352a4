package io.waymark.journey.gallery;

import io.waymark.journey.drawing.DrawingFiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a ready journey under the codes of its copy. */
final class CopiedDrawing {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "(<camunda:property name=\""
              + "(?:template|talkTrack|materials|audience|entryAudience|entryFilter)\" value=\")"
              + "([a-z0-9_,-]+)(\")");

  private CopiedDrawing() {}

  static DrawingFiles of(
      GalleryJourney journey, String key, String name, Map<String, String> renamed) {
    Map<String, String> files = new TreeMap<>(journey.files().texts());
    files.remove(journey.files().drawingName());
    String xml =
        REFERENCE
            .matcher(journey.files().drawing())
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1)
                            + Stream.of(found.group(2).split(","))
                                .map(code -> renamed.getOrDefault(code, code))
                                .collect(Collectors.joining(","))
                            + found.group(3)));
    files.put(
        key + ".bpmn",
        xml.replace(
                "<bpmn:process id=\"%s\" name=\"%s\"".formatted(journey.key(), journey.name()),
                "<bpmn:process id=\"%s\" name=\"%s\"".formatted(key, name))
            .replace(
                " bpmnElement=\"%s\"".formatted(journey.key()),
                " bpmnElement=\"%s\"".formatted(key)));
    return new DrawingFiles(files);
  }
}
