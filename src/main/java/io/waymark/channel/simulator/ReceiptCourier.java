package io.waymark.channel.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.RequestSignature;
import io.waymark.channel.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings receipts back to the application as a real provider does: signed, in batches, later, and
 * again with growing pauses while the application does not answer 2xx.
 */
final class ReceiptCourier {

  private static final Logger log = LoggerFactory.getLogger(ReceiptCourier.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BATCH = 200;
  private static final int MOST_WAITING = 100_000;
  private static final int MOST_ATTEMPTS = 10;
  private static final int TAKEN_BEFORE = 409;

  /** One receipt under way; {@code due} on the scale of {@link System#nanoTime}. */
  private record Parcel(
      String receiptId,
      UUID messageId,
      ReceiptKind kind,
      Instant at,
      @Nullable String detail,
      long due,
      int attempts) {}

  private final String provider;
  private final Secret secret;
  private final Supplier<Optional<URI>> application;
  private final Clock clock;
  private final Ledger ledger;
  private final PriorityQueue<Parcel> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Parcel::due));
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private @Nullable ScheduledExecutorService rounds;

  /**
   * @param application base address of the application; empty while it is not up, and receipts wait
   */
  ReceiptCourier(
      String provider,
      Secret secret,
      Supplier<Optional<URI>> application,
      Clock clock,
      Ledger ledger) {
    this.provider = provider;
    this.secret = secret;
    this.application = application;
    this.clock = clock;
    this.ledger = ledger;
  }

  synchronized void start() {
    rounds =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "simulated-receipts-" + provider);
              thread.setDaemon(true);
              return thread;
            });
    rounds.scheduleWithFixedDelay(this::round, 50, 50, TimeUnit.MILLISECONDS);
  }

  synchronized void stop() {
    if (rounds != null) {
      rounds.shutdownNow();
      rounds = null;
    }
  }

  /** Takes a receipt for delivery after {@code delayMillis}. The same id is the same receipt. */
  synchronized void bring(
      String receiptId,
      UUID messageId,
      ReceiptKind kind,
      Instant at,
      @Nullable String detail,
      long delayMillis) {
    if (waiting.size() >= MOST_WAITING) {
      waiting.poll();
    }
    waiting.add(new Parcel(receiptId, messageId, kind, at, detail, dueIn(delayMillis), 0));
  }

  private void round() {
    try {
      Optional<URI> base = application.get();
      while (base.isPresent()) {
        List<Parcel> batch = takeDue();
        if (batch.isEmpty()) {
          return;
        }
        if (!delivered(base.get(), batch)) {
          batch.forEach(this::tryLater);
          return;
        }
        batch.forEach(parcel -> ledger.fate(parcel.messageId(), parcel.kind().code()));
      }
    } catch (RuntimeException e) {
      log.warn("Simulated receipts of {} skipped a round", provider, e);
    }
  }

  private synchronized List<Parcel> takeDue() {
    List<Parcel> batch = new ArrayList<>();
    long now = System.nanoTime();
    while (batch.size() < BATCH && !waiting.isEmpty() && waiting.peek().due() - now <= 0) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  private synchronized void tryLater(Parcel parcel) {
    int attempts = parcel.attempts() + 1;
    if (attempts < MOST_ATTEMPTS) {
      long pause = TimeUnit.SECONDS.toMillis(Math.min(60, 1L << (attempts - 1)));
      waiting.add(
          new Parcel(
              parcel.receiptId(),
              parcel.messageId(),
              parcel.kind(),
              parcel.at(),
              parcel.detail(),
              dueIn(pause),
              attempts));
    }
  }

  private boolean delivered(URI base, List<Parcel> batch) {
    byte[] body = body(batch);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/hooks/receipts/" + provider))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofByteArray(body));
    RequestSignature.headers(secret, UUID.randomUUID().toString(), clock.instant(), body)
        .forEach(request::header);
    try {
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      return status / 100 == 2 || status == TAKEN_BEFORE;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static byte[] body(List<Parcel> batch) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode receipts = body.putArray("receipts");
    for (Parcel parcel : batch) {
      receipts
          .addObject()
          .put("receiptId", parcel.receiptId())
          .put("messageId", parcel.messageId().toString())
          .put("kind", parcel.kind().code())
          .put("at", parcel.at().toString())
          .put("detail", parcel.detail());
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static long dueIn(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
