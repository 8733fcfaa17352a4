package io.waymark.channel.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings a vendor's callbacks to the application, later, and again while it is not understood. */
final class CallbackCourier {

  private static final int MOST_ATTEMPTS = 8;

  private final String provider;
  private final String pass;
  private final Supplier<Optional<URI>> application;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private @Nullable ScheduledExecutorService clock;

  /**
   * @param application base address of the application; empty while it is not up
   */
  CallbackCourier(String provider, String pass, Supplier<Optional<URI>> application) {
    this.provider = provider;
    this.pass = pass;
    this.application = application;
  }

  synchronized void start() {
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "simulated-callbacks-" + provider);
              thread.setDaemon(true);
              return thread;
            });
  }

  synchronized void stop() {
    if (clock != null) {
      clock.shutdownNow();
      clock = null;
    }
  }

  /**
   * Takes a callback for delivery.
   *
   * @param query with its question mark, or empty
   */
  void bring(String query, String contentType, String body, long delayMillis) {
    later(() -> deliver(query, contentType, body, 1), delayMillis);
  }

  private synchronized void later(Runnable delivery, long delayMillis) {
    if (clock != null) {
      try {
        clock.schedule(delivery, delayMillis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The simulator has been stopped; its callbacks end with it.
      }
    }
  }

  private void deliver(String query, String contentType, String body, int attempt) {
    Optional<URI> base = application.get();
    boolean understood = base.isPresent() && post(base.get(), query, contentType, body);
    if (!understood && attempt < MOST_ATTEMPTS) {
      long pause = Math.min(10_000, 200L << attempt);
      later(() -> deliver(query, contentType, body, attempt + 1), pause);
    }
  }

  private boolean post(URI base, String query, String contentType, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(base + "/hooks/callbacks/" + provider + "/" + pass + query))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
