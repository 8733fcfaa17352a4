package io.waymark.engine.run;

import io.waymark.engine.sandbox.DeploymentRefusedException;
import io.waymark.engine.sandbox.ReviewDrawing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the drawings of the folder {@code processes} when the application starts, each with the
 * tables and forms it refers to. They become drafts like any other; unchanged ones stay as they
 * are.
 */
@Component
@Order(10)
class JourneyFolder implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(JourneyFolder.class);
  private static final Pattern REFERENCE =
      Pattern.compile("camunda:(decisionRef|formRef)=\"([A-Za-z0-9_-]+)\"");

  private final JourneyDeployments deployments;
  private final String location;

  JourneyFolder(
      JourneyDeployments deployments,
      @Value("${waymark.processes.location:classpath*:processes/}") String location) {
    this.deployments = deployments;
    this.location = location;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    try {
      for (Resource drawing :
          new PathMatchingResourcePatternResolver().getResources(location + "*.bpmn")) {
        if (!(ReviewDrawing.KEY + ".bpmn").equals(drawing.getFilename())) {
          deploy(drawing);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A drawing that is refused is said so and left out; the others, and the house, start. */
  private void deploy(Resource drawing) throws IOException {
    String file = String.valueOf(drawing.getFilename());
    String journey = file.substring(0, file.length() - ".bpmn".length());
    try {
      boolean fresh = deployments.deploy(journey, together(drawing, file)).isPresent();
      log.info("Journey {} {}", journey, fresh ? "deployed as a draft" : "is unchanged");
    } catch (DeploymentRefusedException refused) {
      refused
          .problems()
          .forEach(problem -> log.error("Journey {} is refused: {}", journey, problem));
    }
  }

  private static Map<String, byte[]> together(Resource drawing, String file) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    byte[] xml = drawing.getContentAsByteArray();
    files.put(file, xml);
    Matcher reference = REFERENCE.matcher(new String(xml, StandardCharsets.UTF_8));
    while (reference.find()) {
      String name = reference.group(2) + (reference.group(1).equals("formRef") ? ".form" : ".dmn");
      Resource beside = drawing.createRelative(name);
      if (beside.exists()) {
        files.put(name, beside.getContentAsByteArray());
      }
    }
    return files;
  }
}
