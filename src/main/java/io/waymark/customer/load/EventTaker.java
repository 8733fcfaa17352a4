package io.waymark.customer.load;

import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.EventHistory;
import io.waymark.customer.event.EventType;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.event.IncomingEvent;
import io.waymark.customer.event.PropertyType;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of events: {@code eventId, customer, type, occurredAt, property.<name>}. */
@Component
class EventTaker implements RowTaker {

  private static final List<String> REQUIRED = List.of("eventId", "customer", "type", "occurredAt");

  private final CustomerEvents events;
  private final EventHistory history;
  private final EventTypes types;

  EventTaker(CustomerEvents events, EventHistory history, EventTypes types) {
    this.events = events;
    this.history = history;
    this.types = types;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.EVENTS;
  }

  @Override
  public int pieceRows() {
    return 10_000;
  }

  @Override
  public Optional<String> refusal(List<String> header) {
    return REQUIRED.stream()
        .filter(column -> !header.contains(column))
        .findFirst()
        .map(column -> "缺少必需的列 " + column + "，请补上后重新上传。");
  }

  @Override
  public void prepare(ImportJob job, List<FileRow> rows) {
    if (job.historical()) {
      history.makeRoom(read(rows, new ArrayList<>(), new ArrayList<>()));
    }
  }

  @Override
  public Taken take(ImportJob job, List<FileRow> rows) {
    List<Integer> positions = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    List<IncomingEvent> readable = read(rows, positions, problems);
    BatchReport report =
        job.historical()
            ? history.load(job.source(), readable)
            : events.accept(job.source(), readable);
    return taken(report, positions, problems);
  }

  /** Takes readable rows of a live source in, in the caller's transaction. */
  Taken takeLive(String source, List<FileRow> rows) {
    List<Integer> positions = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    List<IncomingEvent> readable = read(rows, positions, problems);
    return taken(events.accept(source, readable), positions, problems);
  }

  private static Taken taken(
      BatchReport report, List<Integer> positions, List<RowProblem> problems) {
    report
        .problems()
        .forEach(
            one ->
                problems.add(
                    new RowProblem(
                        positions.get(one.position() - 1),
                        one.field(),
                        one.code(),
                        one.message())));
    return new Taken(report.accepted(), report.duplicates(), problems);
  }

  private List<IncomingEvent> read(
      List<FileRow> rows, List<Integer> positions, List<RowProblem> problems) {
    Map<String, EventType> declared = types.byCode();
    List<IncomingEvent> readable = new ArrayList<>(rows.size());
    for (FileRow row : rows) {
      String moment = row.text("occurredAt");
      Optional<Instant> at = FileMoment.read(moment);
      if (at.isEmpty()) {
        problems.add(
            new RowProblem(
                row.position(),
                "occurredAt",
                moment.isEmpty() ? "blank" : "malformed",
                "发生时间无法识别，请写成 2026-11-22T09:30:00+08:00"));
        continue;
      }
      String type = row.text("type");
      readable.add(
          new IncomingEvent(
              row.text("eventId"),
              row.text("customer"),
              type,
              at.get(),
              properties(row, declared.get(type))));
      positions.add(row.position());
    }
    return readable;
  }

  private static Map<String, Object> properties(FileRow row, @Nullable EventType type) {
    Map<String, Object> properties = new LinkedHashMap<>(row.group("property.", "properties"));
    properties.values().removeIf(value -> value.equals(""));
    if (type != null) {
      type.properties()
          .forEach(
              known ->
                  properties.computeIfPresent(
                      known.name(), (name, value) -> typed(known.type(), value)));
    }
    return properties;
  }

  /** A file of texts cannot say which of them are numbers; the declaration does. */
  private static Object typed(PropertyType type, Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      return switch (type) {
        case NUMBER -> new BigDecimal(text);
        case FLAG ->
            text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : (Object) text;
        case TEXT, TIME -> text;
      };
    } catch (NumberFormatException refusedLater) {
      return value;
    }
  }
}
