package io.waymark.engine.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.waymark.contact.Messages;
import io.waymark.contact.WithheldReason;
import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What operators watch, as numbers: how far behind each queue is, what failed, what was withheld
 * and who is stuck. Every number is read at most once in ten seconds, however often it is asked
 * for; all nodes show the same, since all read the one database.
 */
@Component
class OperationMetrics implements MeterBinder {

  private static final Duration WITHHELD_WITHIN = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Messages messages;
  private final Alerts alerts;
  private final Clock clock;

  OperationMetrics(JdbcClient jdbc, Messages messages, Alerts alerts, Clock clock) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.alerts = alerts;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Figure figure : Figure.ALL) {
      Supplier<Number> number = new Remembered<>(() -> count(figure));
      Gauge.builder(figure.name(), number)
          .description(figure.description())
          .baseUnit(figure.unit().isEmpty() ? null : figure.unit())
          .register(registry);
    }
    bindWithheld(registry);
    bindStuck(registry);
  }

  private void bindWithheld(MeterRegistry registry) {
    Supplier<Map<WithheldReason, Long>> withheld =
        new Remembered<>(
            () ->
                messages.withheldByReason(
                    BranchScope.everywhere(), clock.instant().minus(WITHHELD_WITHIN)));
    for (WithheldReason reason : WithheldReason.values()) {
      Gauge.builder("waymark.messages.withheld", () -> withheld.get().getOrDefault(reason, 0L))
          .description("最近一小时被拦截的消息，按原因")
          .tag("reason", reason.code())
          .register(registry);
    }
  }

  private void bindStuck(MeterRegistry registry) {
    Supplier<Map<StuckKind, Long>> standing = new Remembered<>(alerts::standing);
    for (StuckKind kind : StuckKind.values()) {
      Gauge.builder("waymark.watch.cases", () -> standing.get().getOrDefault(kind, 0L))
          .description("卡住的客户或不符的账目，按问题")
          .tag("kind", kind.code())
          .register(registry);
    }
  }

  private Number count(Figure figure) {
    return jdbc.sql(figure.sql())
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")))
        .query(Double.class)
        .single();
  }
}
