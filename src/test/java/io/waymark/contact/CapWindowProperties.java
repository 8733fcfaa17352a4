package io.waymark.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of the caps, for any order of moments. */
class CapWindowProperties {

  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  @Property
  void no_rolling_window_ever_holds_more_than_its_cap(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5000) Integer> minutesBetween,
      @ForAll @IntRange(min = 1, max = 4) int max,
      @ForAll @IntRange(min = 1, max = 7) int days) {
    Cap cap =
        new Cap(
            "any",
            Set.of(),
            Set.of(Purpose.ACTIVITY),
            Cap.Priorities.all(),
            new CapWindow(CapWindow.Kind.ROLLING, days),
            max,
            "law");
    List<ContactFacts.Counted> sent = new ArrayList<>();
    Instant now = START;
    for (int minutes : minutesBetween) {
      now = now.plus(Duration.ofMinutes(minutes));
      if (cap.taken(sent, now).size() < max) {
        sent.add(new ContactFacts.Counted(Channel.SMS, Purpose.ACTIVITY, now, 50, null));
      }
    }
    for (ContactFacts.Counted one : sent) {
      Instant end = one.at().plus(Duration.ofDays(days));
      assertThat(
              sent.stream()
                  .filter(other -> !other.at().isBefore(one.at()) && other.at().isBefore(end)))
          .hasSizeLessThanOrEqualTo(max);
    }
  }

  @Property
  void a_message_id_carries_its_moment(@ForAll @IntRange int seconds) {
    Instant at = Instant.ofEpochSecond(Math.abs((long) seconds), 123_000_000);
    assertThat(MessageIds.createdAt(MessageIds.next(at))).isEqualTo(at);
    assertThat(MessageIds.next(at).version()).isEqualTo(7);
    assertThat(MessageIds.next(at).variant()).isEqualTo(2);
  }
}
