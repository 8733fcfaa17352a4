package io.waymark.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Reads the extension properties of a parsed element. */
final class ExtensionProperties {

  private ExtensionProperties() {}

  static Map<String, String> of(Element element) {
    Map<String, String> properties = new LinkedHashMap<>();
    Element extensions = element.element("extensionElements");
    if (extensions != null) {
      for (Element child : extensions.elements()) {
        if (child.getTagName().equals("properties")) {
          for (Element property : child.elements()) {
            properties.put(property.attribute("name"), property.attribute("value"));
          }
        }
      }
    }
    return properties;
  }
}
