package io.waymark.console;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.segment.Audiences;
import io.waymark.segment.rule.AudienceRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Who counts on an audience: journeys that are not over, and other audiences. */
@Component
class AudienceUses {

  private static final Set<JourneyStatus> IN_USE =
      EnumSet.of(JourneyStatus.DRAFT, JourneyStatus.LIVE, JourneyStatus.PAUSED);

  private final JourneyVersions versions;
  private final JourneyDeployments deployments;
  private final Audiences audiences;

  AudienceUses(JourneyVersions versions, JourneyDeployments deployments, Audiences audiences) {
    this.versions = versions;
    this.deployments = deployments;
    this.audiences = audiences;
  }

  /**
   * One place where it is used.
   *
   * @param kind {@code journey} or {@code audience}
   * @param how {@code entry}, {@code filter} or {@code step} of a journey; else empty
   */
  public record Use(String kind, String name, String path, String how) {}

  List<Use> of(String code) {
    Set<Use> found = new LinkedHashSet<>();
    for (JourneyVersion version : versions.all()) {
      if (IN_USE.contains(version.status())) {
        for (String how : how(version, code)) {
          found.add(new Use("journey", version.name(), "/journeys/" + version.key(), how));
        }
      }
    }
    audiences.all().stream()
        .filter(one -> refers(one.rule(), code))
        .forEach(one -> found.add(new Use("audience", one.name(), "/audiences/" + one.code(), "")));
    return List.copyOf(found);
  }

  private List<String> how(JourneyVersion version, String code) {
    List<String> ways = new ArrayList<>();
    if (code.equals(version.settings().entryAudience())) {
      ways.add("entry");
    }
    if (code.equals(version.settings().entryFilter())) {
      ways.add("filter");
    }
    String drawing =
        new String(deployments.drawing(version.definitionId()), StandardCharsets.UTF_8);
    Pattern step = Pattern.compile("name=\"audience\"\\s+value=\"" + Pattern.quote(code) + "\"");
    if (step.matcher(drawing).find()) {
      ways.add("step");
    }
    return ways;
  }

  private static boolean refers(String rule, String code) {
    return AudienceRules.draw(AudienceRules.parse(rule))
        .all()
        .anyMatch(
            part -> part.kind().equals("audience") && code.equals(part.fields().get("audience")));
  }
}
