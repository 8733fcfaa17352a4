package io.waymark.journey.check;

import java.util.List;
import java.util.Map;

/** The one rule set for drawings: asked while drawing, at every door, and before going live. */
public interface DrawingChecks {

  /**
   * Everything to say about one journey with its tables and forms, errors first, then in the order
   * of the drawing. Files that cannot be read are findings, never exceptions. What is checked
   * against templates, audiences, event types and products is so as of now.
   *
   * @param files content by file name: one {@code .bpmn} with its {@code .dmn} and {@code .form}
   */
  List<Finding> check(Map<String, byte[]> files);
}
