package io.waymark.contact.link;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One request for an address of ours.
 *
 * @param method HTTP method
 * @param headers by name, in any case
 */
public record Visit(String method, Map<String, String> headers) {

  /**
   * What calls itself a machine. Mail clients' picture proxies fetch when the mail is read: not
   * here.
   */
  private static final Pattern MACHINE =
      Pattern.compile(
          "bot\\b|crawl|spider|slurp|preview|facebookexternalhit|scanner|barracuda|mimecast|proofpoint"
              + "|safelinks|curl/|wget/|python-|go-http-client|java/|okhttp/|headless|monitor");

  public Visit {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /** Whether nothing says that a machine looked ahead: a HEAD, a prefetch, a scanner. */
  boolean byPerson() {
    String agent = header("user-agent");
    return method.equals("GET")
        && !agent.isBlank()
        && !MACHINE.matcher(agent).find()
        && !lookingAhead("purpose")
        && !lookingAhead("sec-purpose")
        && !lookingAhead("x-purpose")
        && !lookingAhead("x-moz");
  }

  private boolean lookingAhead(String name) {
    String value = header(name);
    return value.contains("prefetch") || value.contains("preview") || value.contains("prerender");
  }

  private String header(String name) {
    return headers.getOrDefault(name, "").toLowerCase(Locale.ROOT);
  }
}
