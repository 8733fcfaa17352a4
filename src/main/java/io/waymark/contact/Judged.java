package io.waymark.contact;

import io.waymark.content.Rendered;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request with its verdict.
 *
 * @param messageId the message, or for a check the id it would have
 * @param template null when none is approved
 * @param text the text that passed; null when withheld
 * @param rulePack version of the rule pack that read the text; null when none did
 */
record Judged(
    UUID messageId,
    ContactRequest request,
    @Nullable TemplateVersion template,
    GateChain.Decision decision,
    @Nullable Rendered text,
    @Nullable String rulePack) {

  /** Code of the text that was judged: the one asked for unless a plain one stood in. */
  String textCode() {
    return template == null ? request.template() : template.code();
  }

  Verdict verdict() {
    return decision.verdict();
  }

  boolean withheld() {
    return verdict() instanceof Withheld;
  }

  /** When a message that passed may leave. */
  Instant leavesAt(Instant now) {
    return verdict() instanceof Deferred deferred ? deferred.until() : now;
  }

  /** Why a message that passed has to wait; null when it may leave at once. */
  @Nullable String deferral() {
    return verdict() instanceof Deferred deferred ? deferred.reason().code() : null;
  }

  /** Whether it takes a place under a cap of this policy. */
  boolean capped(ContactPolicy policy) {
    return !policy.capsOn(channel(), purpose(), request.priority()).isEmpty();
  }

  Channel channel() {
    return passed().metadata().channel();
  }

  Purpose purpose() {
    return passed().metadata().purpose();
  }

  TemplateVersion passed() {
    if (template == null) {
      throw new IllegalStateException("only an approved template passes the gates");
    }
    return template;
  }

  Rendered frozen() {
    if (text == null) {
      throw new IllegalStateException("only what passed the gates has a text");
    }
    return text;
  }
}
