package io.waymark.contact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may be contacted for what, how often and at which hours: versioned data, never code. Every
 * value names its basis.
 *
 * @param version named by every verdict and message
 * @param strictPurposes purposes for which missing data counts as no; the rest is service and
 *     education
 * @param legalStatus what each legal status still allows; a status that is not listed allows
 *     nothing
 * @param minimumAge from which age strict purposes are allowed
 * @param refusable purposes that need no consent but end with a refusal
 * @param consentRequest how long a refusal keeps the same consent from being asked for again
 * @param suppressible purposes that a suppression stops
 * @param caps how many messages in which window
 * @param preemption by how much a message must be more important to take a waiting one's place
 * @param hours when messages may leave; a channel and purpose that no entry covers is free at all
 *     hours
 * @param sendTimes which messages wait for the hour at which a customer usually looks
 * @param fallbacks which text follows by another channel when one does not arrive
 * @param complaints how long a complaint stops marketing
 * @param productClasses which product types a template class was approved for; a class that is not
 *     listed fits every product
 * @param unsubscribeWords replies that end marketing on the channel they came by
 */
public record ContactPolicy(
    String version,
    Purposes strictPurposes,
    List<StatusRule> legalStatus,
    AgeRule minimumAge,
    Purposes refusable,
    ConsentRequests consentRequest,
    Purposes suppressible,
    List<Cap> caps,
    Preemption preemption,
    List<SendingHours> hours,
    List<SendTime> sendTimes,
    List<Fallback> fallbacks,
    Complaints complaints,
    List<ProductClass> productClasses,
    UnsubscribeWords unsubscribeWords) {

  public ContactPolicy {
    require(!version.isBlank(), "version");
    legalStatus = List.copyOf(legalStatus);
    caps = List.copyOf(caps);
    hours = List.copyOf(hours);
    sendTimes = List.copyOf(sendTimes);
    fallbacks = List.copyOf(fallbacks);
    productClasses = List.copyOf(productClasses);
  }

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException when a value is missing, unknown or without basis
   */
  public static ContactPolicy read(InputStream yaml) {
    try {
      return YAMLMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .addModule(new JavaTimeModule())
          .build()
          .readValue(yaml, ContactPolicy.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("触达政策无法读取：" + plain(e), e);
    }
  }

  /** The place and the matter, without Java's class names. */
  private static String plain(IOException e) {
    if (e instanceof JsonProcessingException problem) {
      Throwable cause = problem.getCause();
      String where =
          problem.getLocation() == null ? "" : "第 " + problem.getLocation().getLineNr() + " 行，";
      return where
          + (cause instanceof IllegalArgumentException own
              ? own.getMessage()
              : problem.getOriginalMessage());
    }
    return String.valueOf(e.getMessage());
  }

  /** The same rules under the version they were approved as, so that verdicts name a document. */
  ContactPolicy named(String approvedVersion) {
    return new ContactPolicy(
        approvedVersion,
        strictPurposes,
        legalStatus,
        minimumAge,
        refusable,
        consentRequest,
        suppressible,
        caps,
        preemption,
        hours,
        sendTimes,
        fallbacks,
        complaints,
        productClasses,
        unsubscribeWords);
  }

  /** Whether missing data counts as no for this purpose. */
  public boolean strict(Purpose purpose) {
    return strictPurposes.purposes().contains(purpose);
  }

  /** What a legal status still allows; nothing when the policy does not name it. */
  public Set<Purpose> allowedBy(LegalStatus status) {
    return legalStatus.stream()
        .filter(rule -> rule.status() == status)
        .findFirst()
        .map(StatusRule::allows)
        .orElse(EnumSet.noneOf(Purpose.class));
  }

  /** The caps under which a message takes a place. */
  public List<Cap> capsOn(Channel channel, Purpose purpose, int priority) {
    return caps.stream().filter(cap -> cap.covers(channel, purpose, priority)).toList();
  }

  /** The hours that hold for a channel and purpose; empty when it is free at all hours. */
  public List<SendingHours> hoursOn(Channel channel, Purpose purpose) {
    return hours.stream().filter(entry -> entry.covers(channel, purpose)).toList();
  }

  /** The first moment from now on at which a message may leave: now itself outside quiet hours. */
  public Instant opensAt(Channel channel, Purpose purpose, LocalDays days, Instant now) {
    return hoursOn(channel, purpose).stream()
        .map(entry -> entry.opensAt(now, days))
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  /** When a channel and purpose wait for a customer's usual hour; empty when they do not. */
  public Optional<SendTime> sendTimeOn(Channel channel, Purpose purpose) {
    return sendTimes.stream().filter(entry -> entry.covers(channel, purpose)).findFirst();
  }

  /** What follows when this text does not arrive; empty when nothing does. */
  public Optional<Fallback> fallbackOf(String template) {
    return fallbacks.stream().filter(entry -> entry.template().equals(template)).findFirst();
  }

  /** The product types a template class was approved for; empty when it fits every product. */
  public Optional<Set<String>> typesFor(String productClass) {
    return productClasses.stream()
        .filter(entry -> entry.code().equals(productClass))
        .findFirst()
        .map(ProductClass::types);
  }

  /** How far back counted messages must be kept to decide every cap. */
  public Duration longestWindow() {
    return caps.stream()
        .map(cap -> cap.window().atMost())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("触达政策不完整，请检查：" + what);
    }
  }

  /** Purposes and why just these. */
  public record Purposes(Set<Purpose> purposes, String basis) {
    public Purposes {
      purposes = Set.copyOf(purposes);
      require(!basis.isBlank(), "basis");
    }
  }

  /** What a legal status still allows. */
  public record StatusRule(LegalStatus status, Set<Purpose> allows, String basis) {
    public StatusRule {
      allows = Set.copyOf(allows);
      require(!basis.isBlank(), "basis of " + status);
    }
  }

  /** How long a refusal keeps the same consent from being asked for again; ninety days at least. */
  public record ConsentRequests(int coolDownDays, String basis) {
    public ConsentRequests {
      require(coolDownDays >= 90 && !basis.isBlank(), "consent-request，冷却期不得少于 90 天");
    }
  }

  /** An age in full years. */
  public record AgeRule(int years, String basis) {
    public AgeRule {
      require(years >= 0 && !basis.isBlank(), "minimum-age");
    }
  }

  /**
   * Who may take a waiting message's place under a cap. A message that was sent is never displaced.
   *
   * @param margin how many points of priority the newcomer must have more, at least 1; above 100
   *     nobody displaces anybody
   */
  public record Preemption(int margin, String basis) {
    public Preemption {
      require(margin >= 1 && !basis.isBlank(), "preemption");
    }
  }

  /**
   * Messages that wait for the hour at which their customer usually looks, at most a day and never
   * into quiet hours. Who has too little history is not kept waiting.
   *
   * @param channels channels it holds for
   * @param purposes purposes it holds for
   * @param days how far back the customer's opens, clicks and logins count
   * @param minimum how many of them are needed
   */
  public record SendTime(
      Set<Channel> channels, Set<Purpose> purposes, int days, int minimum, String basis) {
    public SendTime {
      channels = Set.copyOf(channels);
      purposes = Set.copyOf(purposes);
      require(days > 0 && minimum > 0 && !basis.isBlank(), "send-times");
    }

    boolean covers(Channel channel, Purpose purpose) {
      return channels.contains(channel) && purposes.contains(purpose);
    }
  }

  /**
   * One thing to say, in the words of several channels. The customer's preferred channel goes
   * first, then the order given here; the next one goes when the one before was not delivered.
   *
   * @param template the text a journey names
   * @param then the other texts, each for another channel
   * @param within how long a text has to arrive before the next one goes
   * @param whenUnknown what to do when nobody knows whether it arrived: {@code WAIT} never sends a
   *     second one, {@code NEXT} accepts that the customer may get both
   */
  public record Fallback(
      String template, List<String> then, Duration within, WhenUnknown whenUnknown, String basis) {
    public Fallback {
      then = List.copyOf(then);
      require(
          !then.isEmpty()
              && !then.contains(template)
              && !within.isNegative()
              && !within.isZero()
              && !basis.isBlank(),
          "fallbacks of " + template);
    }

    /** What to do with a text of which nobody knows whether it arrived. */
    public enum WhenUnknown {
      WAIT,
      NEXT
    }
  }

  /**
   * A complaint stops marketing from the event on, whatever any list says.
   *
   * @param received type of the event that starts it
   * @param closed type of the event that ends it early
   * @param days how long it lasts at most
   */
  public record Complaints(String received, String closed, int days, String basis) {
    public Complaints {
      require(days > 0 && !basis.isBlank(), "complaints");
    }
  }

  /** Product types that a template class was approved for. */
  public record ProductClass(String code, Set<String> types, String basis) {
    public ProductClass {
      types = Set.copyOf(types);
      require(!basis.isBlank(), "basis of product class " + code);
    }
  }
}
