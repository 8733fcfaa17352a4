package io.waymark.engine.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/** Collects what is wrong with one file, in the order it is found. */
final class Refusals {

  private final String resource;
  private final List<Problem> problems = new ArrayList<>();

  Refusals(String resource) {
    this.resource = resource;
  }

  String resource() {
    return resource;
  }

  List<Problem> all() {
    return problems;
  }

  void refuse(ProblemKind kind, Element element, String message) {
    refuse(kind, Dom.nearestId(element), message);
  }

  void refuse(ProblemKind kind, String element, String message) {
    problems.add(new Problem(kind, resource, element, message));
  }
}
