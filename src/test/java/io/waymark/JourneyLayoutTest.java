package io.waymark;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.JourneyDrawing.Box;
import io.waymark.JourneyDrawing.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * A marketer can read the picture: nothing overlaps, no line crosses another or runs through a box.
 */
class JourneyLayoutTest {

  /** Lines may dock on the slanted side of a gateway, this far inside its bounding box. */
  private static final double GATEWAY_CORNER = 13;

  static Stream<JourneyDrawing> drawings() {
    return JourneyDrawing.drawn();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void everything_is_drawn(JourneyDrawing drawing) {
    assertThat(drawing.shapes().keySet())
        .containsExactlyInAnyOrderElementsOf(
            drawing.nodes().stream().map(node -> node.getAttribute("id")).toList());
    assertThat(drawing.edges().keySet())
        .containsExactlyInAnyOrderElementsOf(
            drawing.flows().stream().map(flow -> flow.getAttribute("id")).toList());
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void no_two_shapes_overlap(JourneyDrawing drawing) {
    List<Map.Entry<String, Box>> shapes = List.copyOf(drawing.shapes().entrySet());
    List<String> overlaps = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      for (Map.Entry<String, Box> other : shapes.subList(i + 1, shapes.size())) {
        if (shapes.get(i).getValue().meets(other.getValue())
            && !belongTogether(drawing, shapes.get(i), other)) {
          overlaps.add(shapes.get(i).getKey() + " and " + other.getKey());
        }
      }
    }
    assertThat(overlaps).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void no_line_runs_through_a_shape_and_each_touches_both_its_ends(JourneyDrawing drawing) {
    Map<String, Box> shapes = drawing.shapes();
    List<String> wrong = new ArrayList<>();
    drawing
        .edges()
        .forEach(
            (id, points) -> {
              Element flow = drawing.byId(id);
              String from = flow.getAttribute("sourceRef");
              String to = flow.getAttribute("targetRef");
              if (!shapes.get(from).touches(points.get(0))
                  || !shapes.get(to).touches(points.get(points.size() - 1))) {
                wrong.add(id + " hangs loose");
              }
              for (Box part : parts(points)) {
                shapes.forEach(
                    (shape, box) -> {
                      boolean own = shape.equals(from) || shape.equals(to);
                      boolean corner =
                          own && drawing.byId(shape).getLocalName().endsWith("Gateway");
                      boolean around =
                          drawing.byId(shape).getLocalName().equals("subProcess")
                              && drawing.byId(shape) == flow.getParentNode();
                      if (!around && part.meets(box.shrunk(corner ? GATEWAY_CORNER : 1))) {
                        wrong.add(id + " through " + shape);
                      }
                    });
              }
            });
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void no_two_lines_cross_or_share_a_stretch(JourneyDrawing drawing) {
    List<Map.Entry<String, List<Point>>> edges = List.copyOf(drawing.edges().entrySet());
    List<String> crossings = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      List<Box> parts = parts(edges.get(i).getValue());
      for (Map.Entry<String, List<Point>> other : edges.subList(i + 1, edges.size())) {
        List<Box> others = parts(other.getValue());
        if (parts.stream().anyMatch(part -> others.stream().anyMatch(part::meets))) {
          crossings.add(edges.get(i).getKey() + " and " + other.getKey());
        }
      }
    }
    assertThat(crossings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void lines_run_straight_across_or_straight_up_and_down(JourneyDrawing drawing) {
    assertThat(drawing.edges())
        .allSatisfy(
            (id, points) -> {
              for (int i = 1; i < points.size(); i++) {
                assertThat(
                        points.get(i).x() == points.get(i - 1).x()
                            || points.get(i).y() == points.get(i - 1).y())
                    .as(id)
                    .isTrue();
              }
            });
  }

  private static boolean belongTogether(
      JourneyDrawing drawing, Map.Entry<String, Box> one, Map.Entry<String, Box> other) {
    Element first = drawing.byId(one.getKey());
    Element second = drawing.byId(other.getKey());
    boolean attached =
        first.getAttribute("attachedToRef").equals(other.getKey())
            || second.getAttribute("attachedToRef").equals(one.getKey());
    boolean inside =
        (second.getParentNode() == first && one.getValue().contains(other.getValue()))
            || (first.getParentNode() == second && other.getValue().contains(one.getValue()));
    return attached || inside;
  }

  private static List<Box> parts(List<Point> points) {
    List<Box> parts = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      parts.add(Box.around(points.get(i - 1), points.get(i)));
    }
    return parts;
  }
}
