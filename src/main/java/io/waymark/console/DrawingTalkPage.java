package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.journey.drawing.DrawingComment;
import io.waymark.journey.drawing.DrawingComments;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.journey.drawing.Drawings;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The comments beside a drawing; whoever may read it may speak. Each answer is the whole talk. */
@ConsolePage
class DrawingTalkPage {

  private final Drawings drawings;
  private final DrawingComments comments;
  private final StaffDirectory staff;
  private final Moments moments;

  DrawingTalkPage(
      Drawings drawings, DrawingComments comments, StaffDirectory staff, Moments moments) {
    this.drawings = drawings;
    this.comments = comments;
    this.staff = staff;
    this.moments = moments;
  }

  /**
   * What is said.
   *
   * @param element for a new thread; null for the whole drawing
   * @param thread the thread that is answered; null for a new one
   */
  record Said(@Nullable String element, @Nullable Long thread, String body) {}

  /** One comment as the editor shows it. */
  record Shown(
      long id,
      @Nullable String element,
      @Nullable Long thread,
      String body,
      String author,
      String at,
      boolean resolved) {}

  @GetMapping("/journeys/drawings/{id}/comments")
  @ResponseBody
  List<Shown> all(@PathVariable long id) {
    drawings.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return comments.of(id).stream().map(this::shown).toList();
  }

  @PostMapping("/journeys/drawings/{id}/comments")
  @ResponseBody
  List<Shown> say(@PathVariable long id, @RequestBody Said said, CurrentStaff speaker) {
    drawings.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    if (said.thread() == null) {
      comments.say(id, said.element(), said.body(), speaker.username());
    } else {
      comments.answer(id, said.thread(), said.body(), speaker.username());
    }
    return all(id);
  }

  @PostMapping("/journeys/drawings/{id}/comments/{thread}/resolve")
  @ResponseBody
  List<Shown> resolve(@PathVariable long id, @PathVariable long thread, CurrentStaff speaker) {
    comments.resolve(id, thread, speaker.username());
    return all(id);
  }

  @PostMapping("/journeys/drawings/{id}/comments/{thread}/reopen")
  @ResponseBody
  List<Shown> reopen(@PathVariable long id, @PathVariable long thread) {
    comments.reopen(id, thread);
    return all(id);
  }

  @ExceptionHandler
  ResponseEntity<DrawingPage.Refusal> refused(DrawingRefusedException refused) {
    return ResponseEntity.unprocessableEntity()
        .body(
            new DrawingPage.Refusal(
                refused.code(), String.valueOf(refused.getMessage()), List.of()));
  }

  private Shown shown(DrawingComment one) {
    return new Shown(
        one.id(),
        one.element(),
        one.parent(),
        one.body(),
        staff.find(one.author()).map(StaffMember::name).orElse(one.author()),
        moments.minute(one.writtenAt()),
        one.resolvedBy() != null);
  }
}
