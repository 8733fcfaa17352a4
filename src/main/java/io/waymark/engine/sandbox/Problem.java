package io.waymark.engine.sandbox;

/**
 * Why a deployment is refused.
 *
 * @param kind what kind of thing is not allowed
 * @param resource file name
 * @param element id of the element in the drawing, or its tag where it has none
 * @param message Chinese sentence that says what is wrong
 */
public record Problem(ProblemKind kind, String resource, String element, String message) {

  @Override
  public String toString() {
    return resource + " · " + element + ":" + message;
  }
}
