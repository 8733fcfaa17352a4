package io.waymark.segment.model;

import io.waymark.platform.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Follows the feed and works off what was asked for; neither waits for the other. */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class ModelLoops implements SmartLifecycle {

  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration STOPPING = Duration.ofSeconds(20);

  private final BackgroundLoop feed;
  private final BackgroundLoop runs;

  ModelLoops(ModelFeed feed, ModelRuns runs) {
    this.feed = new BackgroundLoop("waymark-model-feed", POLL, STOPPING, feed::follow);
    this.runs = new BackgroundLoop("waymark-model-runs", POLL, STOPPING, runs::work);
  }

  @Override
  public void start() {
    feed.start();
    runs.start();
  }

  @Override
  public void stop() {
    feed.stop();
    runs.stop();
  }

  @Override
  public boolean isRunning() {
    return runs.isRunning();
  }
}
