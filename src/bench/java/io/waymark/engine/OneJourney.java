package io.waymark.engine;

import io.waymark.contact.Allowed;
import io.waymark.contact.ContactGate;
import io.waymark.contact.ContactRequest;
import io.waymark.contact.MessageSender;
import io.waymark.contact.Sent;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.Leaving;
import io.waymark.journey.Participations;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.Truth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the steps of the measured journey do, as whoever builds it without Waymark's engine floor
 * would call it: the same audience, the same gate, the same rows. For one customer or for many.
 */
final class OneJourney {

  static final String AUDIENCE = "bench-adults";
  static final String TEMPLATE = "onboarding-welcome-sms";
  static final String EVENT = "bench.done";
  static final String GOAL = "done";

  /** A customer inside. */
  record Inside(long participation, long customer) {}

  private final JdbcClient jdbc;
  private final AudienceQuestions audiences;
  private final ContactGate gate;
  private final MessageSender sender;
  private final Participations participations;
  private final EvidenceLog evidence;
  private final Clock clock;
  private final JourneyVersion version;

  OneJourney(
      JdbcClient jdbc,
      AudienceQuestions audiences,
      ContactGate gate,
      MessageSender sender,
      Participations participations,
      EvidenceLog evidence,
      Clock clock,
      JourneyVersion version) {
    this.jdbc = jdbc;
    this.audiences = audiences;
    this.gate = gate;
    this.sender = sender;
    this.participations = participations;
    this.evidence = evidence;
    this.clock = clock;
    this.version = version;
  }

  /** Writes that they are inside; at most fifty. */
  List<Inside> enter(List<Long> customers) {
    long first = jdbc.sql("select nextval('participation_id')").query(Long.class).single();
    List<Inside> inside = new ArrayList<>();
    for (Long customer : customers) {
      inside.add(new Inside(first + inside.size(), customer));
    }
    jdbc.sql(
            """
            insert into participation (id, journey_version_id, journey_key, customer_id, branch,
                                       entered_at, entry_event_seq)
            select p, ?, ?, c, ?, ?::timestamptz, 0
              from unnest(?::bigint[], ?::bigint[]) as i (p, c)
            """)
        .params(
            version.id(),
            version.key(),
            Travellers.BRANCH,
            clock.instant().toString(),
            inside.stream().map(Inside::participation).toArray(Long[]::new),
            customers.toArray(Long[]::new))
        .update();
    return inside;
  }

  boolean[] inAudience(List<Inside> people) {
    Map<Long, Truth> found =
        audiences.test(AUDIENCE, people.stream().map(Inside::customer).toList(), clock.instant());
    boolean[] answers = new boolean[people.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = found.get(people.get(i).customer()) == Truth.YES;
    }
    return answers;
  }

  boolean mayBeReached(List<Inside> people) {
    return gate.check(people.stream().map(this::request).toList()).stream()
        .allMatch(Allowed.class::isInstance);
  }

  void send(List<Inside> people) {
    sender
        .send(people.stream().map(this::request).toList())
        .forEach(
            result -> {
              if (!(result instanceof Sent)) {
                throw new IllegalStateException("not sent: " + result);
              }
            });
  }

  /** They have reached the goal and are out. */
  void reachGoal(List<Inside> people) {
    participations.leave(
        people.stream().map(one -> new Leaving(one.participation(), null, GOAL, "goal")).toList());
    evidence.appendAll(
        people.stream()
            .map(
                one ->
                    new EvidenceEntry(
                        EvidenceKind.JOURNEY_LEFT,
                        "participation:" + one.participation(),
                        one.customer(),
                        Travellers.BRANCH,
                        "system",
                        Map.of("journey", version.key(), "reason", "goal", "goal", GOAL)))
            .toList());
  }

  private ContactRequest request(Inside one) {
    return new ContactRequest(
        one.customer(),
        Travellers.BRANCH,
        one.participation(),
        version.key(),
        "Send",
        1,
        TEMPLATE,
        null,
        50,
        Map.of());
  }

  /** The journey as the other engines draw it. */
  static String drawing(String namespace) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:e="%s" targetNamespace="t">
      <message id="Done" name="%s"/>
      <process id="versus" isExecutable="true">
        <startEvent id="Start"/>
        <sequenceFlow id="f1" sourceRef="Start" targetRef="Audience"/>
        <serviceTask id="Audience" e:delegateExpression="${audience}"/>
        <sequenceFlow id="f2" sourceRef="Audience" targetRef="Compliance"/>
        <serviceTask id="Compliance" e:delegateExpression="${compliance}"/>
        <sequenceFlow id="f3" sourceRef="Compliance" targetRef="Gw"/>
        <exclusiveGateway id="Gw" default="f5"/>
        <sequenceFlow id="f4" sourceRef="Gw" targetRef="Send">
          <conditionExpression xsi:type="tFormalExpression">${inAudience == 'yes' &amp;&amp; verdict == 'allowed'}</conditionExpression>
        </sequenceFlow>
        <sequenceFlow id="f5" sourceRef="Gw" targetRef="Out"/>
        <endEvent id="Out"/>
        <serviceTask id="Send" e:delegateExpression="${send}"/>
        <sequenceFlow id="f6" sourceRef="Send" targetRef="Wait"/>
        <eventBasedGateway id="Wait"/>
        <sequenceFlow id="f7" sourceRef="Wait" targetRef="Event"/>
        <sequenceFlow id="f8" sourceRef="Wait" targetRef="Timer"/>
        <intermediateCatchEvent id="Event"><messageEventDefinition messageRef="Done"/></intermediateCatchEvent>
        <intermediateCatchEvent id="Timer"><timerEventDefinition><timeDuration>PT48H</timeDuration></timerEventDefinition></intermediateCatchEvent>
        <sequenceFlow id="f9" sourceRef="Timer" targetRef="Late"/>
        <endEvent id="Late"/>
        <sequenceFlow id="f10" sourceRef="Event" targetRef="Goal"/>
        <serviceTask id="Goal" e:delegateExpression="${goal}"/>
        <sequenceFlow id="f11" sourceRef="Goal" targetRef="End"/>
        <endEvent id="End"/>
      </process>
    </definitions>
    """
        .formatted(namespace, EVENT)
        .strip();
  }

  /** The same as a journey of Waymark. */
  static Sketch sketch() {
    return Sketch.of("versus")
        .add("<bpmn:startEvent id=\"Start\"/>")
        .flow("Start", "Audience")
        .step("Audience", "checkAudience", Map.of("audience", AUDIENCE))
        .flow("Audience", "Compliance")
        .step("Compliance", "checkCompliance", Map.of("template", TEMPLATE))
        .flow("Compliance", "Gw")
        .gateway("Gw", "Out")
        .flow("Gw", "Send", "${inAudience == 'yes' &amp;&amp; verdict == 'allowed'}")
        .end("Out")
        .step("Send", "sendMessage", Map.of("template", TEMPLATE))
        .flow("Send", "Wait")
        .add("<bpmn:eventBasedGateway id=\"Wait\"/>")
        .flow("Wait", "Event")
        .flow("Wait", "Timer")
        .awaits("Event", EVENT)
        .timer("Timer", "PT48H")
        .end("Late")
        .flow("Timer", "Late")
        .flow("Event", "Goal")
        .step("Goal", "reachGoal", Map.of("goal", GOAL))
        .flow("Goal", "End")
        .end("End");
  }

  /** Groups of at most this many. */
  static <T> List<List<T>> groups(List<T> all, int size) {
    List<List<T>> groups = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      groups.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return groups;
  }
}
