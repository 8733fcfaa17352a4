package io.waymark.content;

import org.jspecify.annotations.Nullable;

/**
 * A text as one customer gets it.
 *
 * @param subject null when the template has none
 * @param body HTML for e-mail, JSON for webhooks, plain text otherwise
 * @param hash SHA-256 (hex) over subject and body: what the evidence keeps
 */
public record Rendered(@Nullable String subject, String body, String hash) {

  /** Subject and body as one text, e.g. to be scanned. */
  public String whole() {
    return subject == null ? body : subject + "\n" + body;
  }
}
