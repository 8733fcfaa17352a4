package io.waymark.console;

import io.waymark.contact.ContactExplanation;
import io.waymark.contact.ContactExplanations;
import io.waymark.contact.Deferred;
import io.waymark.contact.VerdictRecord;
import io.waymark.contact.Withheld;
import io.waymark.contact.WithheldReason;
import io.waymark.customer.CustomerProfile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Why a text may or may not go to a customer, in words people read. */
@Component
public class ContactChecks {

  private final ContactExplanations explanations;
  private final Words words;
  private final Moments moments;

  ContactChecks(ContactExplanations explanations, Words words, Moments moments) {
    this.explanations = explanations;
    this.words = words;
    this.moments = moments;
  }

  /**
   * Asks about one text and customer.
   *
   * @param product code of the product; null when the text is about none
   * @param at the moment; null for now
   */
  public ContactCheck ask(
      CustomerProfile customer, String template, @Nullable String product, @Nullable Instant at) {
    ContactExplanation found =
        explanations.explain(customer.id(), customer.branch(), template, product, at);
    return new ContactCheck(
        customer.ref(),
        template,
        found.template() == null ? null : found.template().version(),
        found.at(),
        found.past(),
        found.verdict().code(),
        sentence(found),
        found.policyVersion(),
        found.gates().stream().map(gate -> line(gate, found.past())).toList(),
        found.stored() == null ? null : stored(found.stored()));
  }

  /** What the gates said about one message each time they were asked, newest first. */
  List<ContactCheck.Occasion> occasions(List<VerdictRecord> verdicts) {
    List<ContactCheck.Occasion> occasions = new ArrayList<>();
    for (VerdictRecord verdict : verdicts) {
      occasions.add(
          0,
          new ContactCheck.Occasion(
              verdict.decidedAt(),
              words.of("check.kind." + verdict.kind()),
              verdict.outcome(),
              MessagesPage.reason(verdict.reason()),
              verdict.until(),
              verdict.policyVersion(),
              verdict.rulePack(),
              explanations.retell(verdict).stream().map(gate -> line(gate, false)).toList()));
    }
    return occasions;
  }

  private String sentence(ContactExplanation found) {
    String when = found.past() ? "check.then" : "check.now";
    if (found.verdict() instanceof Withheld withheld) {
      return words.of(when + ".withheld", withheld.reason().message());
    }
    return found.verdict() instanceof Deferred deferred
        ? words.of(
            when + ".deferred", moments.minute(deferred.until()), deferred.reason().message())
        : words.of(when + ".allowed");
  }

  private ContactCheck.Gate line(ContactExplanation.Saying saying, boolean past) {
    WithheldReason reason = saying.reason();
    Instant until = saying.until();
    return new ContactCheck.Gate(
        saying.gate(),
        words.of("gate." + saying.gate()),
        saying.outcome(),
        reason == null ? null : reason.code(),
        reason == null ? words.of("check.passes") : reason.message(),
        until,
        said(saying.gate(), saying.inputs()),
        past && saying.basis() == ContactExplanation.Basis.TODAY ? words.of("check.today") : null);
  }

  private List<String> said(String gate, Map<String, String> inputs) {
    List<String> said = new ArrayList<>();
    new TreeMap<>(inputs)
        .forEach(
            (name, value) -> {
              String key = "input." + gate + "." + name;
              String label = words.of(key);
              said.add(
                  words.of("check.input", label.equals(key) ? name : label, value(name, value)));
            });
    return said;
  }

  /** Codes that have a word get it; moments are shown in Shanghai; the rest is as it is. */
  private String value(String name, String value) {
    try {
      return moments.minute(Instant.parse(value));
    } catch (DateTimeException e) {
      return Stream.of(name + "." + value, "value." + value)
          .map(key -> Map.entry(key, words.of(key)))
          .filter(entry -> !entry.getKey().equals(entry.getValue()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(value);
    }
  }

  private ContactCheck.Stored stored(VerdictRecord record) {
    List<String> said = new ArrayList<>();
    new TreeMap<>(record.inputs())
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              String gate = dot < 0 ? name : name.substring(0, dot);
              said.addAll(
                  said(gate, Map.of(dot < 0 ? name : name.substring(dot + 1), value)).stream()
                      .map(one -> words.of("gate." + gate) + " · " + one)
                      .toList());
            });
    return new ContactCheck.Stored(
        record.decidedAt(),
        words.of("check.kind." + record.kind()),
        record.outcome(),
        MessagesPage.reason(record.reason()),
        record.policyVersion(),
        said);
  }
}
