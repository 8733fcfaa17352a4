package io.waymark.journey;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How many more customers a journey with a limit takes, inside and today. */
@Component
public class Places {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final int LOCKS = 0x706c6163;

  private final JdbcClient jdbc;
  private final Clock clock;

  Places(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Places that are free.
   *
   * @param inside in all versions together
   * @param today entries left until midnight in Shanghai
   */
  public record Free(int inside, int today) {

    static final Free UNLIMITED = new Free(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** What can be let in now. */
    public int now() {
      return Math.min(inside, today);
    }
  }

  /**
   * Places free now, and nobody else counts them until the caller's transaction ends, so that two
   * batches on two nodes cannot both take the last one.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  Free lock(JourneyVersion version) {
    if (unlimited(version.settings())) {
      return Free.UNLIMITED;
    }
    jdbc.sql("select pg_advisory_xact_lock(:space, hashtext(:journey))")
        .param("space", LOCKS)
        .param("journey", version.key())
        .query((row, n) -> n)
        .list();
    return free(version);
  }

  /** Places free at a glance. */
  public Free free(JourneyVersion version) {
    JourneySettings settings = version.settings();
    if (unlimited(settings)) {
      return Free.UNLIMITED;
    }
    return new Free(
        left(settings.maxInside(), inside(version.key(), settings.maxInside())),
        left(settings.maxPerDay(), today(version.key(), settings.maxPerDay())));
  }

  private static boolean unlimited(JourneySettings settings) {
    return settings.maxInside() == null && settings.maxPerDay() == null;
  }

  private static int left(@Nullable Integer most, int taken) {
    return most == null ? Integer.MAX_VALUE : Math.max(0, most - taken);
  }

  /** Counts no further than to the limit. */
  private int inside(String journey, @Nullable Integer most) {
    return most == null
        ? 0
        : jdbc.sql(
                """
                select count(*) from (
                  select 1 from participation p
                    join journey_version v on v.id = p.journey_version_id
                   where v.journey_key = :journey and p.left_at is null limit :most) as taken
                """)
            .param("journey", journey)
            .param("most", most)
            .query(Integer.class)
            .single();
  }

  private int today(String journey, @Nullable Integer most) {
    OffsetDateTime midnight =
        LocalDate.ofInstant(clock.instant(), SHANGHAI).atStartOfDay(SHANGHAI).toOffsetDateTime();
    return most == null
        ? 0
        : jdbc.sql(
                """
                select count(*) from (
                  select 1 from participation p
                    join journey_version v on v.id = p.journey_version_id
                   where v.journey_key = :journey and p.entered_at >= :midnight
                   limit :most) as taken
                """)
            .param("journey", journey)
            .param("midnight", midnight)
            .param("most", most)
            .query(Integer.class)
            .single();
  }
}
