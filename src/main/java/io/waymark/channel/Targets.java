package io.waymark.channel;

import java.net.URI;

/** How a target is shown to people: never with a path or a query, which may hold keys. */
public final class Targets {

  private Targets() {}

  /** Scheme, host and port, e.g. {@code https://sms.example:8443}. */
  public static String shown(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }
}
