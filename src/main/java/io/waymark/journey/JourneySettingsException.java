package io.waymark.journey;

/** A journey setting is missing or malformed; the message is a Chinese sentence naming it. */
public class JourneySettingsException extends RuntimeException {

  private final String setting;

  JourneySettingsException(String setting, String message) {
    super(message);
    this.setting = setting;
  }

  /** Name of the setting as the drawing writes it. */
  public String setting() {
    return setting;
  }
}
