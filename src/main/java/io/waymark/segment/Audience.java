package io.waymark.segment;

import io.waymark.platform.Purpose;
import io.waymark.segment.rule.AudienceRules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named group of customers (人群), defined by a rule and never by a list.
 *
 * @param code stable word used in journeys, e.g. {@code dca-candidates}
 * @param name Chinese name shown to people
 * @param rule text in the language of {@link AudienceRules}
 * @param purpose what the group may be selected for (个人信息保护法 art. 6: purpose limitation)
 * @param schedule when membership is drawn anew, as {@link Schedule} reads it; null for never
 * @param live whether membership follows every change within seconds
 * @param author user name of who saved this revision
 * @param revision counts from 1; every saved text is kept
 * @param updatedAt when this revision was saved
 */
public record Audience(
    String code,
    String name,
    String rule,
    Purpose purpose,
    @Nullable String schedule,
    boolean live,
    String author,
    int revision,
    Instant updatedAt) {}
