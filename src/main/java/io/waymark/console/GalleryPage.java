package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.content.TemplateFile;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.Templates;
import io.waymark.journey.JourneyInWords;
import io.waymark.journey.gallery.Gallery;
import io.waymark.journey.gallery.GalleryCopy;
import io.waymark.journey.gallery.GalleryJourney;
import io.waymark.journey.gallery.GalleryStage;
import io.waymark.platform.staff.Role;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The gallery: ready journeys, what each is for, and the click that makes a copy of one's own. */
@ConsolePage
class GalleryPage {

  private final Gallery gallery;
  private final Templates templates;
  private final TemplateReview review;
  private final JourneyInWords inWords;
  private final Words words;

  GalleryPage(
      Gallery gallery,
      Templates templates,
      TemplateReview review,
      JourneyInWords inWords,
      Words words) {
    this.gallery = gallery;
    this.templates = templates;
    this.review = review;
    this.inWords = inWords;
    this.words = words;
  }

  /**
   * A text of the journey as its readers see it.
   *
   * @param shelved whether a copy brings it along; the others ship with every installation
   */
  public record Text(
      TemplateMetadata metadata, boolean shelved, List<TemplateReview.Reading> readings) {}

  @GetMapping("/gallery")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String stage,
      CurrentStaff staff,
      Model model) {
    model.addAttribute(
        "journeys",
        gallery.all().stream()
            .filter(one -> stage.isEmpty() || one.stage().code().equals(stage))
            .filter(one -> says(one, q.strip()))
            .toList());
    model.addAttribute("q", q);
    model.addAttribute("stage", stage);
    model.addAttribute(
        "stages",
        words.options("gallery.stage", Stream.of(GalleryStage.values()).map(GalleryStage::code)));
    return "gallery";
  }

  @GetMapping("/gallery/{key}")
  String show(@PathVariable String key, CurrentStaff staff, Model model) {
    GalleryJourney journey = gallery.find(key).orElseThrow(GalleryPage::missing);
    model.addAttribute("journey", journey);
    model.addAttribute(
        "words",
        inWords.of(journey.files().drawing().getBytes(StandardCharsets.UTF_8), names(journey)));
    model.addAttribute(
        "texts", journey.templates().stream().flatMap(c -> text(journey, c)).toList());
    model.addAttribute("marketer", staff.member().role() == Role.MARKETER);
    return "gallery-journey";
  }

  @GetMapping(path = "/gallery/{key}.bpmn", produces = MediaType.APPLICATION_XML_VALUE)
  ResponseEntity<byte[]> drawing(@PathVariable String key) {
    GalleryJourney journey = gallery.find(key).orElseThrow(GalleryPage::missing);
    return ResponseEntity.ok(journey.files().drawing().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/gallery/{key}/use")
  String use(@PathVariable String key, CurrentStaff staff, RedirectAttributes next) {
    if (staff.member().role() != Role.MARKETER) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN);
    }
    gallery.find(key).orElseThrow(GalleryPage::missing);
    GalleryCopy copy = gallery.use(key, staff.username());
    next.addFlashAttribute(
        "said", copy.renamed().isEmpty() ? "gallery.used" : "gallery.used.renamed");
    next.addAttribute("id", copy.drawing());
    return "redirect:/journeys/drawings/{id}";
  }

  /** What the journey brings along is not declared before it is copied. */
  private static Map<String, String> names(GalleryJourney journey) {
    Map<String, String> names = new HashMap<>();
    journey.events().forEach(one -> names.put(one.code(), one.name()));
    journey.audiences().forEach(one -> names.put(one.code(), one.name()));
    return names;
  }

  private Stream<Text> text(GalleryJourney journey, String code) {
    return journey.texts().stream()
        .filter(one -> one.metadata().code().equals(code))
        .findFirst()
        .map(one -> text(one, true))
        .or(
            () ->
                templates.versionsOf(code).stream()
                    .findFirst()
                    .map(one -> text(new TemplateFile(one.metadata(), one.source()), false)))
        .stream();
  }

  private Text text(TemplateFile file, boolean shelved) {
    return new Text(file.metadata(), shelved, review.readings(file.metadata(), file.source()));
  }

  private static boolean says(GalleryJourney journey, String words) {
    return Stream.of(journey.name(), journey.key(), journey.summary(), journey.what())
        .anyMatch(text -> text.contains(words));
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
