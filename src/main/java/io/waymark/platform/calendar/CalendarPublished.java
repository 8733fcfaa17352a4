package io.waymark.platform.calendar;

/**
 * A year was published or corrected; announced inside the transaction that writes it, so that its
 * proof commits with it.
 *
 * @param closures number of weekday closures
 * @param actor username of who published it
 */
public record CalendarPublished(
    int year, int closures, int workingWeekends, String source, String actor) {}
