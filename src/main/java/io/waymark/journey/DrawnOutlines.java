package io.waymark.journey;

/** Reads what drawings say about their journeys as a whole; implemented on the engine's floor. */
public interface DrawnOutlines {

  /** The outline of a deployed version. */
  DrawnOutline of(JourneyVersion version);

  /**
   * The outline of a drawing that is perhaps not finished; what cannot be read is left out.
   *
   * @param bpmn the file as drawn so far, by whomever
   */
  DrawnOutline read(byte[] bpmn);
}
