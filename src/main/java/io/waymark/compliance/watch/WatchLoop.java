package io.waymark.compliance.watch;

import io.waymark.platform.background.BackgroundLoop;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps one thread reading content whenever there is some to read, woken by requests and otherwise
 * polling, because a day or another node may have changed the rules. Stops after the batch in hand.
 */
@Component
@ConditionalOnProperty(
    name = "waymark.background.enabled",
    havingValue = "true",
    matchIfMissing = true)
class WatchLoop implements SmartLifecycle {

  private final BackgroundLoop loop;

  WatchLoop(PackWork work) {
    this.loop =
        new BackgroundLoop(
            "waymark-watch", Duration.ofSeconds(5), Duration.ofSeconds(10), work::some);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(PackTrials.Requested requested) {
    loop.wake();
  }
}
