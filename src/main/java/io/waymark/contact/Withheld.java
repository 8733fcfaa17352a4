package io.waymark.contact;

import java.util.Map;

/**
 * The message must not leave.
 *
 * @param reason why
 * @param gate code of the first gate that failed
 * @param inputs what the gates looked at, codes only: kept 20 years as proof (证券期货投资者适当性管理办法 art.
 *     32)
 */
public record Withheld(WithheldReason reason, String gate, Map<String, String> inputs)
    implements Verdict {

  public Withheld {
    inputs = Map.copyOf(inputs);
  }
}
