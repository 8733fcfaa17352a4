package io.waymark.suitability;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check saw.
 *
 * @param met whether nothing stands against promoting
 * @param basis why, as the policy says it
 */
record Look(boolean met, String basis, Map<String, String> inputs) {

  /** Inputs as name, value, name, value; a null value reads {@code unknown}. */
  static Look of(boolean met, String basis, @Nullable Object... inputs) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      Object value = inputs[i + 1];
      named.put(String.valueOf(inputs[i]), value == null ? "unknown" : value.toString());
    }
    return new Look(met, basis, named);
  }
}
