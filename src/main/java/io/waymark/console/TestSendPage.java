package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.contact.TestSends;
import io.waymark.contact.TestSent;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.platform.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A template with sample values, sent to the house's own people before any customer gets it. */
@ConsolePage
class TestSendPage {

  private static final String PREFIX = "value.";

  private final Templates templates;
  private final TestSends tests;
  private final Words words;

  TestSendPage(Templates templates, TestSends tests, Words words) {
    this.templates = templates;
    this.tests = tests;
    this.words = words;
  }

  @GetMapping("/templates/{code}/{version}/test")
  String form(@PathVariable String code, @PathVariable int version, Model model) {
    return page(find(code, version), Map.of(), "", model);
  }

  /**
   * Answers with the page itself instead of a redirect, so that what was typed never leaves the
   * request.
   */
  @PostMapping("/templates/{code}/{version}/test")
  String send(
      @PathVariable String code,
      @PathVariable int version,
      @RequestParam(defaultValue = "") String address,
      @RequestParam Map<String, String> fields,
      CurrentStaff staff,
      Model model) {
    TemplateVersion shown = find(code, version);
    Map<String, String> values = new HashMap<>();
    for (String variable : shown.metadata().variables()) {
      values.put(variable, fields.getOrDefault(PREFIX + variable, ""));
    }
    try {
      TestSent sent = tests.send(shown, values, address, staff.username());
      model.addAttribute("sent", sent);
      model.addAttribute("outcome", ChannelsPage.outcome(sent.answer()));
      model.addAttribute("sentence", ChannelsPage.sentence(sent.answer(), words));
    } catch (IllegalArgumentException refused) {
      model.addAttribute("refused", refused.getMessage());
    }
    return page(shown, values, address, model);
  }

  private String page(
      TemplateVersion shown, Map<String, String> values, String address, Model model) {
    Channel channel = shown.metadata().channel();
    model.addAttribute("shown", shown);
    model.addAttribute("address", address);
    model.addAttribute("recipients", tests.recipients(channel));
    model.addAttribute("open", tests.open(channel));
    model.addAttribute("withdrawn", shown.status() == TemplateStatus.WITHDRAWN);
    model.addAttribute(
        "fields",
        shown.metadata().variables().stream()
            .sorted()
            .map(name -> new Field(name, values.getOrDefault(name, tests.usual(name))))
            .toList());
    return "template-test";
  }

  private TemplateVersion find(String code, int version) {
    List<TemplateVersion> known = templates.versionsOf(code);
    return known.stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /** A variable of the template and its sample value. */
  public record Field(String name, String value) {}
}
