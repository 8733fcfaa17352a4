package io.waymark.platform.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span's context as the text of W3C Trace Context, {@code traceparent}, version 00. */
final class TraceContext {

  private static final Pattern FORM =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private TraceContext() {}

  static String write(SpanContext context) {
    return "00-%s-%s-%s"
        .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex());
  }

  /** Invalid where the text is not of the form. */
  static SpanContext read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? SpanContext.createFromRemoteParent(
            matcher.group(1),
            matcher.group(2),
            TraceFlags.fromHex(matcher.group(3), 0),
            TraceState.getDefault())
        : SpanContext.getInvalid();
  }
}
