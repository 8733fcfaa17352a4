package io.waymark.platform.trace;

import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What one transaction is telling of, and where the traces of what it has read go on. */
final class OpenSpans implements TransactionSynchronization {

  private final Traces owner;
  private final Map<String, String> contexts = new HashMap<>();
  private final Map<String, Span> latest = new HashMap<>();
  private final List<Span> open = new ArrayList<>();

  private OpenSpans(Traces owner) {
    this.owner = owner;
  }

  static OpenSpans ofTransaction(Traces owner) {
    OpenSpans bound = (OpenSpans) TransactionSynchronizationManager.getResource(owner);
    if (bound == null) {
      bound = new OpenSpans(owner);
      TransactionSynchronizationManager.bindResource(owner, bound);
      TransactionSynchronizationManager.registerSynchronization(bound);
    }
    return bound;
  }

  void carry(String subject, String context) {
    contexts.put(subject, context);
  }

  @Nullable String context(String subject) {
    return contexts.get(subject);
  }

  void begin(String subject, Span span, String context) {
    open.add(span);
    latest.put(subject, span);
    contexts.put(subject, context);
  }

  void forget(String subject) {
    contexts.remove(subject);
    Span span = latest.remove(subject);
    open.removeIf(one -> one == span);
  }

  void tell(String subject, String key, String value) {
    Span span = latest.get(subject);
    if (span != null) {
      span.setAttribute("waymark." + key, value);
    }
  }

  @Override
  public void suspend() {
    TransactionSynchronizationManager.unbindResource(owner);
  }

  @Override
  public void resume() {
    TransactionSynchronizationManager.bindResource(owner, this);
  }

  @Override
  public void afterCompletion(int status) {
    TransactionSynchronizationManager.unbindResourceIfPossible(owner);
    if (status == STATUS_COMMITTED) {
      open.forEach(Span::end);
    }
  }
}
