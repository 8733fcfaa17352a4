package io.waymark.engine.setup;

import java.time.Duration;
import java.util.Date;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.calendar.DurationBusinessCalendar;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * Reads durations of days, hours, minutes and seconds ({@code PT48H}, {@code P3D}) without the
 * engine's way through {@code javax.xml.datatype}, which looks for a provider on the whole class
 * path at every timer. A day has 24 hours: there is no summer time in {@code Asia/Shanghai}.
 * Whatever else may stand there goes the engine's way.
 */
class PlainDurations extends DurationBusinessCalendar {

  private static final Pattern PLAIN =
      Pattern.compile("P(?=.)(\\d{1,9}D)?(T(?=.)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}S)?)?");

  @Override
  public Date resolveDuedate(String duration, Date start) {
    if (!PLAIN.matcher(duration).matches()) {
      return super.resolveDuedate(duration, start);
    }
    Date from = start == null ? ClockUtil.getCurrentTime() : start;
    return Date.from(from.toInstant().plus(Duration.parse(duration)));
  }
}
