package io.waymark.console;

import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.CurrentStaff;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateProblem;
import io.waymark.content.TemplateRefusedException;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Purpose;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where an author writes a template and sees, while typing, what readers and the machine see. */
@ConsolePage
class TemplateEditorPage {

  private static final List<String> CLASSES =
      List.of("none", "A", "B", "C", "D", "E", "M", "T", "W");

  private final Templates templates;
  private final TemplateReview readings;
  private final Reviews reviews;
  private final Words words;

  TemplateEditorPage(Templates templates, TemplateReview readings, Reviews reviews, Words words) {
    this.templates = templates;
    this.readings = readings;
    this.reviews = reviews;
    this.words = words;
  }

  @GetMapping("/templates/-/new")
  String fresh(Model model) {
    return editor(TemplateForm.empty(), true, List.of(), model);
  }

  /** The newest version, to be changed into the next one. */
  @GetMapping("/templates/{code}/edit")
  String edit(@PathVariable String code, Model model) {
    TemplateVersion newest =
        templates.versionsOf(code).stream()
            .findFirst()
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    reviews
        .running(SubjectKind.TEMPLATE, Long.toString(newest.id()))
        .ifPresent(running -> model.addAttribute("running", running));
    return editor(TemplateForm.of(newest), false, List.of(), model);
  }

  private String editor(
      TemplateForm form, boolean fresh, List<TemplateProblem> problems, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("fresh", fresh);
    model.addAttribute("problems", problems);
    model.addAttribute("channels", words.channels());
    model.addAttribute(
        "purposes", words.options("purpose", Stream.of(Purpose.values()).map(Purpose::code)));
    model.addAttribute("classes", words.options("template.class", CLASSES.stream()));
    return "template-editor";
  }

  /** What readers and the machine make of the text as it stands in the editor; keeps nothing. */
  @PostMapping("/templates/-/preview")
  String preview(@ModelAttribute TemplateForm form, Model model) {
    try {
      TemplateMetadata metadata = form.metadata();
      List<TemplateProblem> problems = templates.problems(metadata, form.text());
      model.addAttribute("problems", problems);
      model.addAttribute("meta", metadata);
      if (problems.isEmpty()) {
        model.addAttribute("readings", readings.readings(metadata, form.text()));
      }
    } catch (TemplateRefusedException unreadable) {
      model.addAttribute("problems", unreadable.problems());
    }
    return "template-preview";
  }

  /**
   * Keeps the text as a new version.
   *
   * @param then {@code submit} to put it before the reviewers at once
   */
  @PostMapping("/templates/-/save")
  String save(
      @ModelAttribute TemplateForm form,
      @RequestParam(defaultValue = "false") boolean fresh,
      @RequestParam(defaultValue = "") String then,
      CurrentStaff staff,
      Model model,
      RedirectAttributes next) {
    TemplateVersion saved;
    try {
      TemplateMetadata metadata = form.metadata();
      if (fresh && templates.latest(metadata.code()) > 0) {
        throw new TemplateRefusedException(
            List.of(new TemplateProblem("code", 0, "taken", "这个编码已被使用, 请换一个, 或到该模板里修改。")));
      }
      saved = templates.draft(metadata, form.text(), staff.username());
    } catch (TemplateRefusedException refused) {
      return editor(form, fresh, refused.problems(), model);
    }
    try {
      if (then.equals("submit")) {
        Review review =
            reviews.submit(SubjectKind.TEMPLATE, Long.toString(saved.id()), staff.username());
        next.addFlashAttribute("said", review.status().running() ? "review.submitted" : null);
        next.addAttribute("id", review.id());
        return "redirect:/reviews/{id}";
      }
      next.addFlashAttribute("said", "template.saved");
    } catch (ReviewRefusedException refused) {
      next.addFlashAttribute("refused", refused.getMessage());
    }
    next.addAttribute("code", saved.code());
    return "redirect:/templates/{code}";
  }
}
