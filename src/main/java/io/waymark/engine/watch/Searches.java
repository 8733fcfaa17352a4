package io.waymark.engine.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds what is stuck, one statement per kind: a statement sees one moment of the database, so
 * nothing that is merely under way looks contradictory to it.
 */
@Component
class Searches {

  /** So many cases of each kind, version and node are shown; all of them are counted. */
  static final int SHOWN = 200;

  private static final Map<StuckKind, String> SQL = new EnumMap<>(StuckKind.class);

  static {
    SQL.putAll(TokenSearches.ALL);
    SQL.putAll(JobSearches.ALL);
    SQL.putAll(InstanceSearches.ALL);
    SQL.putAll(EventSearches.ALL);
  }

  private final JdbcClient jdbc;
  private final Clock clock;
  private final WatchSettings settings;
  private final Containers containers;

  Searches(JdbcClient jdbc, Clock clock, WatchSettings settings, Containers containers) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
    this.containers = containers;
  }

  /** The cases of a kind that have stood longest, with the number of all of them. */
  List<Found> find(StuckKind kind) {
    return asked(
            kind,
            """
            select * from (
              select f.*,
                     count(*) over (partition by journey_key, version, node) as in_group,
                     row_number() over (partition by journey_key, version, node
                                            order by since, subject) as nth
                from (%s) as f) as ranked
             where nth <= :shown
            """)
        .param("shown", SHOWN)
        .query(Found.class)
        .list();
  }

  /** Which of these cases still stand. */
  Set<String> still(StuckKind kind, Collection<String> subjects) {
    return new HashSet<>(
        asked(kind, "select subject from (%s) as f where subject = any(:subjects)")
            .param("subjects", subjects.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  private JdbcClient.StatementSpec asked(StuckKind kind, String around) {
    List<String> definitions = new ArrayList<>();
    List<String> nodes = new ArrayList<>();
    containers.of(
        (definition, node) -> {
          definitions.add(definition);
          nodes.add(node);
        });
    return jdbc.sql(around.formatted(Objects.requireNonNull(SQL.get(kind))))
        .param("now", before(Duration.ZERO))
        .param("definitions", definitions.toArray(String[]::new))
        .param("containers", nodes.toArray(String[]::new))
        .param("jobOverdue", before(settings.jobOverdue()))
        .param("enrolmentWaits", before(settings.enrolmentWaits()))
        .param("eventWaits", before(settings.eventWaits()))
        .param("eventUnheard", before(settings.eventUnheard()))
        .param("lastMonth", before(Duration.ofDays(31)))
        .param("messageSilent", before(settings.messageSilent()))
        .param("standsTooLong", before(settings.standsTooLong()));
  }

  private OffsetDateTime before(Duration ago) {
    return OffsetDateTime.ofInstant(clock.instant().minus(ago), ZoneId.of("Asia/Shanghai"));
  }
}
