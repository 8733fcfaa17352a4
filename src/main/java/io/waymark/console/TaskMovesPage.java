package io.waymark.console;

import io.waymark.advisor.CallBacks;
import io.waymark.advisor.MoveReason;
import io.waymark.advisor.TaskMessages;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.WorkList;
import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.NotSent;
import io.waymark.contact.SendResult;
import io.waymark.contact.Sent;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person does with one task besides answering it. */
@ConsolePage
class TaskMovesPage {

  private static final String TASK = "redirect:/tasks/{task}";
  private static final String LIST = "redirect:/tasks";

  private final WorkList work;
  private final TaskRouting routing;
  private final CallBacks callBacks;
  private final TaskMessages messages;
  private final Words words;
  private final Moments moments;

  TaskMovesPage(
      WorkList work,
      TaskRouting routing,
      CallBacks callBacks,
      TaskMessages messages,
      Words words,
      Moments moments) {
    this.work = work;
    this.routing = routing;
    this.callBacks = callBacks;
    this.messages = messages;
    this.words = words;
    this.moments = moments;
  }

  @PostMapping("/tasks/{taskId}/hand-over")
  String handOver(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String why,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        taskId,
        staff,
        next,
        LIST,
        () -> {
          routing.handOver(taskId, to, staff.username(), MoveReason.of(why));
          next.addFlashAttribute("said", "task.handed_over");
        });
  }

  @PostMapping("/tasks/{taskId}/refuse")
  String refuse(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String why,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        taskId,
        staff,
        next,
        LIST,
        () -> {
          Optional<String> holder = routing.refuse(taskId, staff.username(), MoveReason.of(why));
          next.addFlashAttribute("said", holder.isPresent() ? "desk.refused" : "desk.refused.pool");
        });
  }

  @PostMapping("/tasks/{taskId}/call-back")
  String callBack(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String at,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        taskId,
        staff,
        next,
        LIST,
        () -> {
          callBacks.agree(taskId, moment(at), staff.username());
          next.addFlashAttribute("said", "desk.call_back.done");
        });
  }

  /** The verdict is said whatever it is: a text that was withheld did not leave. */
  @PostMapping("/tasks/{taskId}/send")
  String send(
      @PathVariable String taskId,
      @RequestParam(defaultValue = "") String template,
      CurrentStaff staff,
      RedirectAttributes next) {
    return act(
        taskId,
        staff,
        next,
        TASK,
        () -> {
          SendResult result = messages.send(taskId, template, staff.username());
          if (result instanceof NotSent withheld) {
            next.addFlashAttribute(
                "refused", words.of("desk.not_sent", withheld.verdict().reason().message()));
          } else {
            next.addFlashAttribute("said", said(result));
          }
        });
  }

  private static String said(SendResult result) {
    if (result instanceof Sent sent) {
      return sent.deferred() ? "desk.sent.later" : "desk.sent";
    }
    return "desk.sent.before";
  }

  private String act(
      String taskId, CurrentStaff staff, RedirectAttributes next, String then, Runnable act) {
    work.find(taskId, staff.scope())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    String where = Attempt.made(next, TaskRefusedException.class, act) ? then : TASK;
    if (where.equals(TASK)) {
      next.addAttribute("task", taskId);
    }
    return where;
  }

  private Instant moment(String at) {
    try {
      return LocalDateTime.parse(at).atZone(ExchangeCalendar.ZONE).toInstant();
    } catch (DateTimeParseException unreadable) {
      throw new TaskRefusedException(
          "call_back", words.of("desk.call_back.missing", moments.today()));
    }
  }
}
