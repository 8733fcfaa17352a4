package io.waymark.customer.load;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The threads that take files in; they sleep when no file is queued. */
@Component
class ImportWorkers {

  private static final Logger log = LoggerFactory.getLogger(ImportWorkers.class);

  private final ImportRunner runner;
  private final ExecutorService threads;
  private final int most;
  private final AtomicInteger busy = new AtomicInteger();
  private volatile boolean stopping;

  ImportWorkers(ImportRunner runner, @Value("${waymark.import.workers:2}") int most) {
    this.runner = runner;
    this.most = most;
    this.threads =
        Executors.newFixedThreadPool(
            most,
            work -> {
              Thread thread = new Thread(work, "import");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Scheduled(fixedDelay = 1_000)
  void wake() {
    while (busy.get() < most) {
      busy.incrementAndGet();
      threads.execute(this::work);
    }
  }

  private void work() {
    try {
      while (!stopping && runner.runNext()) {
        log.debug("A piece was taken in");
      }
    } catch (RuntimeException later) {
      log.warn("An import stopped for now and is tried again", later);
    } finally {
      busy.decrementAndGet();
    }
  }

  /** A piece begun is finished; the others are taken up at the next start. */
  @PreDestroy
  void stop() throws InterruptedException {
    stopping = true;
    threads.shutdown();
    threads.awaitTermination(30, TimeUnit.SECONDS);
  }
}
