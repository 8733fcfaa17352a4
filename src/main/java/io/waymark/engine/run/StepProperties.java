package io.waymark.engine.run;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.core.model.PropertyKey;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * The settings drawn on each element, read once when the drawing is parsed. They are no variables:
 * nothing is written per customer and no expression sees them.
 */
public final class StepProperties {

  private static final PropertyKey<Map<String, String>> KEY = new PropertyKey<>("waymarkSettings");

  private StepProperties() {}

  /** Reads the settings of an element and keeps them with its scope. */
  public static void attach(ScopeImpl scope, Element element) {
    Map<String, String> settings = ExtensionProperties.of(element);
    if (!settings.isEmpty()) {
      scope.getProperties().set(KEY, settings);
    }
  }

  /** The settings of a parsed element; empty when it has none. */
  public static Map<String, String> of(ScopeImpl scope) {
    Map<String, String> settings = scope.getProperties().get(KEY);
    return settings == null ? Map.of() : settings;
  }

  /** The settings of the element an execution stands on; empty when it has none. */
  public static Map<String, String> of(DelegateExecution execution) {
    return of(((ExecutionEntity) execution).getActivity());
  }
}
