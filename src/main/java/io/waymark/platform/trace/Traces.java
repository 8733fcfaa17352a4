package io.waymark.platform.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.waymark.platform.rehearsal.Rehearsing;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Follows customers through transactions, threads and nodes. One transaction moves many customers,
 * so a span belongs to what it tells of ({@code participation:7}), not to the thread; its context
 * is kept in the rows the work leaves behind and read again with them. Spans of a transaction end
 * when it commits and are forgotten when it rolls back.
 *
 * <p>Attributes are ids and codes only, never a customer's reference, name or address. Everything
 * here does nothing while traces are off, and on a rehearsal's stage.
 */
public final class Traces {

  private final boolean on;
  private final Tracer tracer;

  private Traces(boolean on, TracerProvider provider) {
    this.on = on;
    this.tracer = provider.get("io.waymark");
  }

  /** Traces that tell nobody anything. */
  public static Traces off() {
    return new Traces(false, TracerProvider.noop());
  }

  /** Traces that go where the provider sends them. */
  public static Traces to(TracerProvider provider) {
    return new Traces(true, provider);
  }

  /** Remembers, until the transaction ends, where the trace of something goes on. */
  public void carry(String subject, @Nullable String context) {
    if (context != null && following()) {
      OpenSpans.ofTransaction(this).carry(subject, context);
    }
  }

  /** Where the trace of something goes on, as carried or begun in this transaction; else null. */
  public @Nullable String context(String subject) {
    return following() ? OpenSpans.ofTransaction(this).context(subject) : null;
  }

  /**
   * Begins to tell of something; the end is the commit. Without a parent it belongs to the request
   * at hand, and without one a trace begins here.
   *
   * @param subject what the trace of goes on from here
   * @param parent context the span goes on from, or null
   * @return the context to keep in the row; null while traces are off
   */
  public @Nullable String begin(
      String subject, @Nullable String parent, String name, Map<String, ?> attributes) {
    if (!following()) {
      return null;
    }
    Span span = builder(name, parent, attributes).startSpan();
    String context = TraceContext.write(span.getSpanContext());
    OpenSpans.ofTransaction(this).begin(subject, span, context);
    return context;
  }

  /** Adds to what is told of something begun in this transaction. */
  public void tell(String subject, String key, String value) {
    if (following()) {
      OpenSpans.ofTransaction(this).tell(subject, key, value);
    }
  }

  /** Takes back what was begun in this transaction and turned out not to happen. */
  public void forget(String subject) {
    if (following()) {
      OpenSpans.ofTransaction(this).forget(subject);
    }
  }

  /** Does work outside any transaction, such as a call to a provider, as a span of its own. */
  public <T> T during(
      @Nullable String parent, String name, Map<String, ?> attributes, Supplier<T> work) {
    if (!on || Rehearsing.on()) {
      return work.get();
    }
    Span span = builder(name, parent, attributes).setSpanKind(SpanKind.CLIENT).startSpan();
    try {
      return Context.current().with(span).wrapSupplier(work).get();
    } catch (RuntimeException failure) {
      // The words of a failure may hold an address; its kind does not.
      span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
      throw failure;
    } finally {
      span.end();
    }
  }

  private boolean following() {
    return on && !Rehearsing.on() && TransactionSynchronizationManager.isSynchronizationActive();
  }

  private SpanBuilder builder(String name, @Nullable String parent, Map<String, ?> attributes) {
    SpanBuilder builder = tracer.spanBuilder(name);
    SpanContext before = parent == null ? SpanContext.getInvalid() : TraceContext.read(parent);
    SpanContext here = Span.current().getSpanContext();
    if (before.isValid()) {
      builder.setParent(Context.root().with(Span.wrap(before)));
      if (here.isValid() && !here.getTraceId().equals(before.getTraceId())) {
        builder.addLink(here);
      }
    }
    attributes.forEach((key, value) -> builder.setAttribute("waymark." + key, value.toString()));
    return builder;
  }
}
