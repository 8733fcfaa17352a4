package io.waymark.engine.sandbox;

/**
 * Why a deployment is refused.
 *
 * @param resource file name
 * @param element id of the element in the drawing, or its tag where it has none
 * @param message Chinese sentence that says what is wrong and how to mend it
 */
public record Problem(String resource, String element, String message) {

  @Override
  public String toString() {
    return resource + " · " + element + ":" + message;
  }
}
