package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.journey.drawing.DrawingRevision;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.staff.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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

/** The revisions of one drawing: compare them, go back to one, take one along as a file. */
@ConsolePage
class DrawingHistoryPage {

  private final Drawings drawings;
  private final JourneyVersions versions;

  DrawingHistoryPage(Drawings drawings, JourneyVersions versions) {
    this.drawings = drawings;
    this.versions = versions;
  }

  @GetMapping("/journeys/drawings/{id}/history")
  String show(@PathVariable long id, CurrentStaff staff, Model model) {
    List<DrawingRevision> kept = drawings.revisions(id);
    Map<String, JourneyVersion> handedIn =
        kept.stream()
            .map(DrawingRevision::versionId)
            .filter(Objects::nonNull)
            .distinct()
            .flatMap(version -> versions.find(version).stream())
            .collect(Collectors.toMap(one -> Long.toString(one.id()), one -> one));
    model.addAttribute("drawing", found(id));
    model.addAttribute("revisions", kept);
    model.addAttribute("handedIn", handedIn);
    model.addAttribute("writes", staff.member().role() == Role.MARKETER);
    return "drawing-history";
  }

  @PostMapping("/journeys/drawings/{id}/restore")
  String restore(
      @PathVariable long id,
      @RequestParam int from,
      @RequestParam int revision,
      CurrentStaff staff,
      RedirectAttributes next) {
    next.addAttribute("id", id);
    try {
      drawings.restore(id, from, revision, staff.username());
      next.addFlashAttribute("said", "drawing.restored");
      return "redirect:/journeys/drawings/{id}";
    } catch (DrawingRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
      return "redirect:/journeys/drawings/{id}/history";
    }
  }

  /** The drawing alone, or a ZIP when tables or forms belong to it. */
  @GetMapping("/journeys/drawings/{id}/{revision}/export")
  ResponseEntity<byte[]> export(@PathVariable long id, @PathVariable int revision) {
    DrawingFiles files = drawings.files(id, revision).orElseThrow(DrawingHistoryPage::missing);
    boolean alone = files.texts().size() == 1;
    String name = files.drawingName();
    String base = name.substring(0, name.lastIndexOf('.'));
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(alone ? name : base + ".zip", StandardCharsets.UTF_8)
                .build()
                .toString())
        .contentType(
            alone ? MediaType.APPLICATION_XML : MediaType.parseMediaType("application/zip"))
        .body(alone ? files.drawing().getBytes(StandardCharsets.UTF_8) : HandedFiles.zip(files));
  }

  private Drawing found(long id) {
    return drawings.find(id).orElseThrow(DrawingHistoryPage::missing);
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
