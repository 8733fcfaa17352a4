package io.waymark.engine.watch;

import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets the watchdog look every now and then, and never for more than a twentieth of the time. */
@Component
class WatchSchedule {

  private static final int SHARE = 20;

  private final Watchdog watchdog;
  private final Alerts alerts;
  private final WatchSettings settings;
  private long notBefore = System.nanoTime();

  WatchSchedule(Watchdog watchdog, Alerts alerts, WatchSettings settings) {
    this.watchdog = watchdog;
    this.alerts = alerts;
    this.settings = settings;
  }

  @Scheduled(fixedDelay = 1_000, initialDelay = 10_000)
  void now() {
    if (System.nanoTime() - notBefore >= 0) {
      Duration took = watchdog.look();
      Duration rest = took.multipliedBy(SHARE - 1);
      Duration pause = rest.compareTo(settings.every()) > 0 ? rest : settings.every();
      notBefore = System.nanoTime() + pause.toNanos();
    }
  }

  @Scheduled(cron = "0 15 4 * * *", zone = "Asia/Shanghai")
  void forget() {
    alerts.forget();
  }
}
