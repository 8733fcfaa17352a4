package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.staff.Role;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The drawings: begin one from nothing, a version, another drawing or a file; find it again. */
@ConsolePage
class DrawingsPage {

  private static final String LIST = "redirect:/journeys/drawings";
  private static final String EDITOR = "redirect:/journeys/drawings/{id}";

  private final Drawings drawings;
  private final JourneyVersions versions;
  private final JourneyDeployments deployments;
  private final BlankDrawing blank;
  private final Words words;

  DrawingsPage(
      Drawings drawings,
      JourneyVersions versions,
      JourneyDeployments deployments,
      BlankDrawing blank,
      Words words) {
    this.drawings = drawings;
    this.versions = versions;
    this.deployments = deployments;
    this.blank = blank;
    this.words = words;
  }

  @GetMapping("/journeys/drawings")
  String list(
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String whose,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    String author = whose.equals("mine") ? staff.username() : null;
    ListPage<Drawing> found =
        ListPage.read(page, offset -> drawings.page(text, author, offset, ListPage.SIZE + 1));
    model.addAttribute("drawings", found);
    model.addAttribute("text", text);
    model.addAttribute("whose", whose);
    model.addAttribute("mine", List.of(new Option("mine", words.of("drawings.mine"))));
    model.addAttribute("versions", versions.all());
    model.addAttribute("writes", staff.member().role() == Role.MARKETER);
    model.addAttribute("me", staff.username());
    return "drawings";
  }

  /** Begins one: on an empty canvas, or from {@code source}, a version or a drawing. */
  @PostMapping("/journeys/drawings")
  String begin(
      @RequestParam String name,
      @RequestParam(defaultValue = "") String source,
      CurrentStaff staff,
      RedirectAttributes next) {
    return made(
        () -> {
          if (source.isEmpty()) {
            return drawings.create(
                name, blank.files(name.strip()), DrawingOrigin.EMPTY, staff.username());
          }
          return copy(name, source, staff.username());
        },
        next);
  }

  @PostMapping("/journeys/drawings/-/import")
  String bring(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      CurrentStaff staff,
      RedirectAttributes next)
      throws IOException {
    List<MultipartFile> sent = files == null ? List.of() : files;
    DrawingFiles read;
    try {
      read = HandedFiles.read(sent);
    } catch (DrawingRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return LIST;
    }
    String called = name.isBlank() ? HandedFiles.title(read) : name;
    return made(() -> drawings.create(called, read, DrawingOrigin.FILE, staff.username()), next);
  }

  @PostMapping("/journeys/drawings/{id}/rename")
  String rename(@PathVariable long id, @RequestParam String name, RedirectAttributes next) {
    try {
      drawings.rename(id, name);
      next.addFlashAttribute("said", "drawing.renamed");
    } catch (DrawingRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return LIST;
  }

  @PostMapping("/journeys/drawings/{id}/delete")
  String delete(
      @PathVariable long id, @RequestParam int from, CurrentStaff staff, RedirectAttributes next) {
    try {
      drawings.delete(id, from, staff.username());
      next.addFlashAttribute("said", "drawings.deleted");
    } catch (DrawingRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    return LIST;
  }

  private long copy(String name, String source, String by) {
    long from = number(source.substring(1));
    if (source.startsWith("v")) {
      JourneyVersion version = versions.find(from).orElseThrow(DrawingsPage::missing);
      DrawingFiles files = DrawingFiles.ofBytes(deployments.files(version.deploymentId()));
      return drawings.create(name, files, DrawingOrigin.VERSION, by);
    }
    Drawing drawing = drawings.find(from).orElseThrow(DrawingsPage::missing);
    DrawingFiles files =
        drawings.files(from, drawing.revision()).orElseThrow(DrawingsPage::missing);
    return drawings.create(name, files, DrawingOrigin.DRAWING, by);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException other) {
      throw missing();
    }
  }

  private static String made(Supplier<Long> create, RedirectAttributes next) {
    try {
      next.addAttribute("id", create.get());
      return EDITOR;
    } catch (DrawingRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return LIST;
    }
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
