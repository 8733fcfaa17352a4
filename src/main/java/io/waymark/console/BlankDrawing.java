package io.waymark.console;

import io.waymark.journey.drawing.DrawingFiles;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The empty canvas: a journey that customers enter by an event, with its start and nothing else.
 */
@Component
class BlankDrawing {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyMMdd-HHmmss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));

  private static final String DRAWING =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
      xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
      xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
      xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1" \
      targetNamespace="http://waymark.io/journeys" exporter="Waymark" \
      modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.24.0">
        <bpmn:process id="%1$s" name="%2$s" isExecutable="true" \
      camunda:historyTimeToLive="P365D">
          <bpmn:startEvent id="Start" name="进入旅程" />
        </bpmn:process>
        <bpmndi:BPMNDiagram id="Diagram_1">
          <bpmndi:BPMNPlane id="Plane_1" bpmnElement="%1$s">
            <bpmndi:BPMNShape id="Start_di" bpmnElement="Start">
              <dc:Bounds x="160" y="200" width="36" height="36" />
              <bpmndi:BPMNLabel>
                <dc:Bounds x="156" y="243" width="44" height="14" />
              </bpmndi:BPMNLabel>
            </bpmndi:BPMNShape>
          </bpmndi:BPMNPlane>
        </bpmndi:BPMNDiagram>
      </bpmn:definitions>
      """;

  private final Clock clock;

  BlankDrawing(Clock clock) {
    this.clock = clock;
  }

  /**
   * Files of a journey that nobody has drawn yet, under a key of its own.
   *
   * @param name what people call it
   */
  DrawingFiles files(String name) {
    // Two people may begin in the same second; one key would make their journeys one.
    String key =
        "journey-"
            + LocalDateTime.ofInstant(clock.instant(), SECOND.getZone()).format(SECOND)
            + "-"
            + UUID.randomUUID().toString().substring(0, 6);
    return new DrawingFiles(
        Map.of(key + ".bpmn", DRAWING.formatted(key, HtmlUtils.htmlEscape(name, "UTF-8"))));
  }
}
