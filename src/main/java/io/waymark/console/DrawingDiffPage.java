package io.waymark.console;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.Drawings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * Two states of journeys side by side. A side is {@code v<version id>}, or {@code d<drawing>.<
 * revision>}, where the newest revision may be left out.
 */
@ConsolePage
class DrawingDiffPage {

  private static final Pattern SIDE = Pattern.compile("([vd])(\\d{1,18})(?:\\.(\\d{1,9}))?");

  private final Drawings drawings;
  private final JourneyVersions versions;
  private final JourneyDeployments deployments;
  private final Words words;

  DrawingDiffPage(
      Drawings drawings, JourneyVersions versions, JourneyDeployments deployments, Words words) {
    this.drawings = drawings;
    this.versions = versions;
    this.deployments = deployments;
    this.words = words;
  }

  /** One side: what it is called and what is in it. */
  record Side(String title, Map<String, String> files) {}

  /** Both sides. */
  record Both(Side before, Side after) {}

  @GetMapping("/journeys/drawings/diff")
  String show(@RequestParam String before, @RequestParam String after, Model model) {
    model.addAttribute("before", before);
    model.addAttribute("after", after);
    model.addAttribute("beforeTitle", side(before).title());
    model.addAttribute("afterTitle", side(after).title());
    model.addAttribute("choices", choices(List.of(before, after)));
    return "drawing-diff";
  }

  @GetMapping("/journeys/drawings/diff/files")
  @ResponseBody
  Both files(@RequestParam String before, @RequestParam String after) {
    return new Both(side(before), side(after));
  }

  /** What else could stand on either side: what belongs to the same drawing or journey. */
  private List<Option> choices(List<String> shown) {
    List<Option> found = new ArrayList<>();
    for (String one : shown) {
      Matcher named = matched(one);
      long id = Long.parseLong(named.group(2));
      if (named.group(1).equals("v")) {
        versions.find(id).map(JourneyVersion::key).ifPresent(key -> found.addAll(ofJourney(key)));
      } else {
        found.addAll(ofDrawing(id));
      }
    }
    return found.stream().distinct().toList();
  }

  private List<Option> ofDrawing(long id) {
    Drawing drawing = drawings.find(id).orElseThrow(DrawingDiffPage::missing);
    List<Option> found = new ArrayList<>();
    drawings
        .revisions(id)
        .forEach(
            one ->
                found.add(
                    new Option("d" + id + "." + one.revision(), title(drawing, one.revision()))));
    String file =
        side("d" + id).files().keySet().stream()
            .filter(DrawingDiffPage::bpmn)
            .findFirst()
            .orElseThrow();
    found.addAll(ofJourney(file.substring(0, file.length() - ".bpmn".length())));
    return found;
  }

  private List<Option> ofJourney(String key) {
    return versions.of(key).stream().map(one -> new Option("v" + one.id(), title(one))).toList();
  }

  private Side side(String code) {
    Matcher named = matched(code);
    long id = Long.parseLong(named.group(2));
    if (named.group(1).equals("v")) {
      JourneyVersion version = versions.find(id).orElseThrow(DrawingDiffPage::missing);
      DrawingFiles files = DrawingFiles.ofBytes(deployments.files(version.deploymentId()));
      return new Side(title(version), files.texts());
    }
    Drawing drawing = drawings.find(id).orElseThrow(DrawingDiffPage::missing);
    int revision =
        Optional.ofNullable(named.group(3)).map(Integer::valueOf).orElse(drawing.revision());
    DrawingFiles files = drawings.files(id, revision).orElseThrow(DrawingDiffPage::missing);
    return new Side(title(drawing, revision), files.texts());
  }

  private String title(JourneyVersion version) {
    return words.of("diff.version", version.name(), Integer.toString(version.version()));
  }

  private String title(Drawing drawing, int revision) {
    return words.of("diff.revision", drawing.name(), Integer.toString(revision));
  }

  private static boolean bpmn(String file) {
    return file.endsWith(".bpmn");
  }

  private static Matcher matched(String code) {
    Matcher named = SIDE.matcher(code);
    if (!named.matches()) {
      throw missing();
    }
    return named;
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
