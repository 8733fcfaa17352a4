package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.engine.watch.NodeNames;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodeCounts;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.Participations;
import io.waymark.journey.Standing;
import io.waymark.journey.Standings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/**
 * What the console's tab in Cockpit shows. Whoever reads it is signed in to the console, may watch,
 * and sees the instances of his branches only; nothing personal is in it, as nowhere in Cockpit.
 */
@ConsolePage
class CockpitData {

  private final Participations participations;
  private final Standings standings;
  private final JourneyVersions versions;
  private final NodeVisits visits;
  private final NodeCounts counts;
  private final NodeNames nodes;
  private final Moments moments;
  private final Words words;

  CockpitData(
      Participations participations,
      Standings standings,
      JourneyVersions versions,
      NodeVisits visits,
      NodeCounts counts,
      NodeNames nodes,
      Moments moments,
      Words words) {
    this.participations = participations;
    this.standings = standings;
    this.versions = versions;
    this.visits = visits;
    this.counts = counts;
    this.nodes = nodes;
    this.moments = moments;
    this.words = words;
  }

  @GetMapping("/watch/instances/{instance}")
  @ResponseBody
  Map<String, Object> instance(@PathVariable String instance, CurrentStaff staff) {
    Standing standing =
        participations
            .ofInstance(instance)
            .flatMap(one -> standings.of(one.id(), staff.scope()))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    JourneyVersion version =
        versions.find(standing.participation().journeyVersionId()).orElseThrow();
    Map<String, Object> told = links(version);
    told.put("console", "/journeys/people/" + standing.participation().id());
    told.put("held", standing.held());
    told.put("next", standing.next());
    told.put("waits", standing.waits());
    told.put("timers", standing.timers().stream().map(this::timer).toList());
    told.put("tasks", standing.tasks().stream().map(this::task).toList());
    told.put("steps", steps(standing.participation().id(), version));
    told.put("messages", standing.messages().stream().map(one -> message(one, version)).toList());
    return told;
  }

  @GetMapping("/watch/definitions")
  @ResponseBody
  Map<String, Object> definition(@RequestParam String id, CurrentStaff staff) {
    JourneyVersion version =
        versions
            .byDefinition(id)
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<String, Object> told = links(version);
    told.put("watch", "/watch?journey=" + version.key());
    told.put(
        "nodes",
        counts.of(version.id(), staff.scope()).stream().map(one -> node(one, version)).toList());
    return told;
  }

  private static Map<String, Object> links(JourneyVersion version) {
    Map<String, Object> links = new LinkedHashMap<>();
    links.put("journey", "/journeys/" + version.key() + "?version=" + version.version());
    links.put("migrations", "/journeys/" + version.key() + "/migrations");
    return links;
  }

  private List<Map<String, String>> steps(long participation, JourneyVersion version) {
    return visits.ofParticipation(participation).stream()
        .map(
            step ->
                Map.of(
                    "name",
                    name(version, step.node()),
                    "entered",
                    moments.second(step.enteredAt().toInstant()),
                    "left",
                    step.leftAt() == null ? "" : moments.second(step.leftAt().toInstant()),
                    "outcome",
                    step.outcome() == null
                        ? words.of("cockpit.outcome.here")
                        : words.of("cockpit.outcome." + step.outcome())))
        .toList();
  }

  private Map<String, String> timer(Standing.Timer timer) {
    return Map.of("name", timer.name(), "due", moments.second(timer.due()));
  }

  private Map<String, String> task(Standing.Task task) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("name", task.name());
    told.put("holder", task.holder());
    told.put("due", second(task.due()));
    return told;
  }

  private Map<String, String> message(Standing.Said said, JourneyVersion version) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("at", moments.second(said.at()));
    told.put("name", name(version, said.node()));
    told.put("template", said.template());
    told.put("status", words.of("message." + said.status()));
    told.put("words", said.words());
    told.put("link", "/messages/" + said.messageId());
    return told;
  }

  private Map<String, Object> node(NodeCounts.NodeCount count, JourneyVersion version) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", name(version, count.node()));
    told.put("entered", count.entered());
    told.put("waiting", count.waiting());
    told.put("done", count.done());
    told.put("failed", count.failed());
    told.put("withheld", count.withheld());
    return told;
  }

  private String name(JourneyVersion version, String node) {
    return nodes.of(version.key(), version.version(), node);
  }

  private @Nullable String second(@Nullable Instant moment) {
    return moment == null ? null : moments.second(moment);
  }
}
