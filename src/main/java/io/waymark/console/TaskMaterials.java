package io.waymark.console;

import io.waymark.advisor.AdvisorTask;
import io.waymark.compliance.ContentRule;
import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.RulePacks;
import io.waymark.contact.CustomerTexts;
import io.waymark.content.Rendered;
import io.waymark.customer.CustomerProfile;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an advisor may say and send at one step, and what nobody may say. */
@Component
class TaskMaterials {

  private static final int PHRASES = 6;

  private final CustomerTexts texts;
  private final ContactChecks checks;
  private final RulePacks packs;
  private final Clock clock;

  TaskMaterials(CustomerTexts texts, ContactChecks checks, RulePacks packs, Clock clock) {
    this.texts = texts;
    this.checks = checks;
    this.packs = packs;
    this.clock = clock;
  }

  /**
   * An approved text in the words for this customer.
   *
   * @param text empty when it cannot be shown without more than the task knows
   * @param verdict what the gate would say now: allowed, deferred or withheld; empty for a text
   *     that is spoken
   * @param sentence the same in words
   */
  public record Material(
      String code,
      String title,
      String channel,
      int version,
      String text,
      boolean page,
      String verdict,
      String sentence) {}

  /**
   * A rule of the pack in force.
   *
   * @param phrases some of the phrases it forbids
   * @param instead what to say instead
   */
  public record Forbidden(String id, List<String> phrases, String instead) {}

  /** The text to speak by, or null when the step has none that is approved. */
  @Nullable Material talkTrack(AdvisorTask task) {
    String code = task.material().talkTrack();
    return code == null
        ? null
        : texts.prepare(task.customerId(), List.of(code)).stream()
            .map(one -> material(one, "", ""))
            .findFirst()
            .orElse(null);
  }

  /** What may be sent, each with what the gate would say of it now. */
  List<Material> materials(AdvisorTask task, CustomerProfile customer) {
    return texts.prepare(task.customerId(), task.material().materials()).stream()
        .map(
            one -> {
              ContactCheck check = checks.ask(customer, one.version().code(), null, null);
              return material(one, check.verdict(), check.sentence());
            })
        .toList();
  }

  /** What would be withheld from every text today, and must not be said either. */
  List<Forbidden> forbidden() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ExchangeCalendar.ZONE);
    return pack().rules().stream()
        .filter(rule -> rule.level() == FindingLevel.BLOCK && rule.inForce(today))
        .filter(rule -> !rule.phrases().isEmpty())
        .map(TaskMaterials::forbidden)
        .toList();
  }

  /** Version of the rule pack {@link #forbidden} was taken from. */
  String packVersion() {
    return pack().version();
  }

  private RulePack pack() {
    return packs.active(clock.instant());
  }

  private static Forbidden forbidden(ContentRule rule) {
    return new Forbidden(
        rule.id(), rule.phrases().stream().limit(PHRASES).toList(), rule.alternative());
  }

  private static Material material(CustomerTexts.Prepared one, String verdict, String sentence) {
    String channel = one.version().metadata().channel().code();
    boolean page = channel.equals("email");
    return new Material(
        one.version().code(),
        one.version().metadata().title(),
        channel,
        one.version().version(),
        page ? "" : one.rendered().map(Rendered::whole).orElse(""),
        page,
        verdict,
        sentence);
  }
}
