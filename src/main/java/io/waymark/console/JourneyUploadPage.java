package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.engine.identity.EngineGroups;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.Problem;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a marketer hands in a drawing with its tables and forms; it waits for another person. */
@ConsolePage
class JourneyUploadPage {

  private static final String DRAWING = ".bpmn";
  private static final int MOST_FILES = 20;

  /** The engine's door says the same; saying it here too keeps large files out of memory. */
  private static final int LARGEST_MEGABYTES = 2;

  private final JourneyDeployments deployments;
  private final JourneyVersions versions;
  private final Words words;

  JourneyUploadPage(JourneyDeployments deployments, JourneyVersions versions, Words words) {
    this.deployments = deployments;
    this.versions = versions;
    this.words = words;
  }

  @GetMapping("/journeys/upload")
  String show(Model model) {
    model.addAttribute("largest", LARGEST_MEGABYTES);
    model.addAttribute("most", MOST_FILES);
    return "upload";
  }

  @PostMapping("/journeys/upload")
  String upload(
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next)
      throws IOException {
    // A browser sends one nameless empty part when nothing was chosen.
    List<MultipartFile> chosen =
        Objects.requireNonNullElse(files, List.<MultipartFile>of()).stream()
            .filter(file -> !name(file).isEmpty())
            .toList();
    Optional<String> refusal = refusal(chosen);
    if (refusal.isPresent()) {
      model.addAttribute("refused", refusal.get());
      return show(model);
    }
    Map<String, byte[]> contents = new TreeMap<>();
    for (MultipartFile file : chosen) {
      contents.put(name(file), file.getBytes());
    }
    try {
      return deployed(deploy(contents, staff), model, next);
    } catch (DeploymentRefusedException refused) {
      List<Problem> problems = refused.problems();
      model.addAttribute("problems", problems);
      return show(model);
    }
  }

  private Optional<String> deploy(Map<String, byte[]> contents, CurrentStaff staff) {
    String drawing =
        contents.keySet().stream().filter(JourneyUploadPage::drawing).findFirst().orElseThrow();
    return deployments.deploy(
        drawing.substring(0, drawing.length() - DRAWING.length()),
        contents,
        staff.username(),
        EngineGroups.of(staff.member()));
  }

  private String deployed(Optional<String> definition, Model model, RedirectAttributes next) {
    Optional<JourneyVersion> draft = definition.flatMap(versions::byDefinition);
    if (draft.isEmpty()) {
      model.addAttribute("unchanged", true);
      return show(model);
    }
    next.addAttribute("key", draft.get().key());
    next.addAttribute("version", draft.get().version());
    next.addFlashAttribute("said", "upload.done");
    return "redirect:/journeys/{key}";
  }

  /** Why the files are not even looked into, as a sentence. */
  private Optional<String> refusal(List<MultipartFile> chosen) {
    List<String> names = chosen.stream().map(JourneyUploadPage::name).toList();
    if (names.stream().filter(JourneyUploadPage::drawing).count() != 1) {
      return Optional.of(words.of("upload.one_drawing"));
    }
    if (names.size() > MOST_FILES) {
      return Optional.of(words.of("upload.too_many", MOST_FILES));
    }
    if (names.stream().distinct().count() < names.size()) {
      return Optional.of(words.of("upload.same_name"));
    }
    return chosen.stream()
        .filter(file -> file.isEmpty() || file.getSize() > LARGEST_MEGABYTES * 1024L * 1024L)
        .findFirst()
        .map(
            file ->
                file.isEmpty()
                    ? words.of("upload.empty", name(file))
                    : words.of("upload.too_large", name(file), LARGEST_MEGABYTES));
  }

  private static boolean drawing(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(DRAWING);
  }

  /** The file's own name; some browsers send the folders on the sender's machine too. */
  private static String name(MultipartFile file) {
    String sent = Objects.requireNonNullElse(file.getOriginalFilename(), "").replace('\\', '/');
    return sent.substring(sent.lastIndexOf('/') + 1).strip();
  }
}
