package io.waymark.testing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A collector of traces in memory. Only traces that begin while a test listens are told to it. */
public final class SpansSeen implements SpanProcessor, Sampler {

  private volatile boolean listening;

  private final ConcurrentLinkedQueue<SpanData> ended = new ConcurrentLinkedQueue<>();

  /** Forgets what was told before and follows every trace that begins from now on. */
  public void listen() {
    ended.clear();
    listening = true;
  }

  /** Follows no further traces. */
  public void rest() {
    listening = false;
  }

  /** What was told, in the order of ending. */
  public List<SpanData> all() {
    return List.copyOf(ended);
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return listening ? SamplingResult.recordAndSample() : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "while a test listens";
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ended.add(span.toSpanData());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
