package io.waymark.console;

import io.waymark.engine.run.JourneyDeployments;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** What the elements of a drawing are called, by their ids. */
@Component
class DrawnNames {

  private static final Pattern NAMED =
      Pattern.compile("<[\\w:]+[^<>]*?\\sid=\"([^\"]+)\"[^<>]*?\\sname=\"([^\"]+)\"");

  private final JourneyDeployments deployments;

  DrawnNames(JourneyDeployments deployments) {
    this.deployments = deployments;
  }

  Map<String, String> of(String definitionId) {
    return in(new String(deployments.drawing(definitionId), StandardCharsets.UTF_8));
  }

  /** As a drawing's text says; elements without a name are absent. */
  static Map<String, String> in(String drawing) {
    Map<String, String> names = new LinkedHashMap<>();
    Matcher found = NAMED.matcher(drawing);
    while (found.find()) {
      names.put(found.group(1), HtmlUtils.htmlUnescape(found.group(2)));
    }
    return names;
  }
}
