package io.waymark.channel;

import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request of a provider as it came in.
 *
 * @param method {@code GET} or {@code POST}
 * @param pass the last part of the address, known to nobody but the provider
 * @param query parameters of the address, first value each
 * @param headers by name, in any case
 * @param body exactly the bytes that were received
 */
public record CallbackRequest(
    String method,
    String pass,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  public CallbackRequest {
    query = Map.copyOf(query);
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  /** Without anything that was sent. */
  @Override
  public String toString() {
    return "CallbackRequest[" + method + ", " + body.length + " bytes]";
  }
}
