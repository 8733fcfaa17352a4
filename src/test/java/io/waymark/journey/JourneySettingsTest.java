package io.waymark.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting is read as the drawing means it, or refused by name in a sentence. */
class JourneySettingsTest {

  private static final Map<String, String> GOOD =
      Map.of("entryEvent", "account.opened", "purpose", "service");

  private static Map<String, String> with(String name, String value) {
    Map<String, String> properties = new HashMap<>(GOOD);
    properties.put(name, value);
    return properties;
  }

  @Test
  void what_is_not_said_has_the_careful_default() {
    JourneySettings settings = JourneySettings.read(GOOD);

    assertThat(settings.entryEvent()).isEqualTo("account.opened");
    assertThat(settings.entryAudience()).isNull();
    assertThat(settings.entryFilter()).isNull();
    assertThat(settings.reentry()).as("never again").isNull();
    assertThat(settings.priority()).isEqualTo(50);
    assertThat(settings.holdoutPercent()).isZero();
    assertThat(settings.purpose()).isEqualTo("service");
  }

  @Test
  void an_audience_enters_on_its_schedule() {
    JourneySettings settings =
        JourneySettings.read(
            Map.of(
                "entryAudience", " dormant ",
                "entrySchedule", "0 30 9 ? * MON-FRI",
                "reentryDays", "90",
                "priority", "100",
                "holdoutPercent", "50",
                "owner", "财富管理部",
                "purpose", "product_marketing"));

    assertThat(settings.entryAudience()).isEqualTo("dormant");
    assertThat(settings.entrySchedule()).isEqualTo("0 30 9 ? * MON-FRI");
    assertThat(settings.reentry()).isEqualTo(Duration.ofDays(90));
    assertThat(settings.priority()).isEqualTo(100);
    assertThat(settings.holdoutPercent()).isEqualTo(50);
  }

  @Test
  void a_journey_may_be_entered_by_the_call_of_another_system_alone() {
    JourneySettings settings =
        JourneySettings.read(Map.of("entryApi", "yes", "purpose", "service"));

    assertThat(settings.entersByApi()).isTrue();
    assertThat(settings.entryEvent()).isNull();
    assertThat(JourneySettings.read(GOOD).entersByApi()).isFalse();
    assertThatThrownBy(() -> JourneySettings.read(with("entryApi", "no")))
        .isInstanceOf(JourneySettingsException.class)
        .hasMessageContaining("entryApi");
  }

  @Test
  void zero_days_of_rest_and_never_are_not_the_same() {
    assertThat(JourneySettings.read(with("reentryDays", "0")).reentry()).isEqualTo(Duration.ZERO);
    assertThat(JourneySettings.read(with("reentryDays", "never")).reentry()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "priority | 101",
        "priority | -1",
        "priority | high",
        "priority | 1.5",
        "holdoutPercent | 51",
        "holdoutPercent | 10%",
        "reentryDays | -1",
        "reentryDays | 3651",
        "reentryDays | always",
        "purpose | spam",
        "purpose | ''",
        "entryEvent | ''",
        "entrySchedule | 0 30 9 ? * MON-FRI",
        "colour | red"
      })
  void a_setting_that_cannot_be_held_to_is_refused_by_name(String name, String value) {
    assertThatThrownBy(() -> JourneySettings.read(with(name, value)))
        .isInstanceOfSatisfying(
            JourneySettingsException.class,
            refusal -> assertThat(refusal.setting()).isIn(name, "entrySchedule", "entryAudience"))
        .message()
        .matches("(?s).*[\\u4e00-\\u9fff].*");
  }

  @Test
  void an_audience_without_a_schedule_lets_each_customer_in_on_becoming_a_member() {
    assertThat(JourneySettings.read(with("entryAudience", "dormant")).entrySchedule()).isNull();
  }

  @Test
  void a_schedule_may_be_said_in_words() {
    Map<String, String> properties = with("entryAudience", "dormant");
    properties.put("entrySchedule", "每个交易日 15:30");

    assertThat(JourneySettings.read(properties).entrySchedule()).isEqualTo("每个交易日 15:30");
  }

  @Test
  void a_schedule_that_is_no_cron_expression_is_refused() {
    Map<String, String> properties = with("entryAudience", "dormant");
    properties.put("entrySchedule", "every morning");

    assertThatThrownBy(() -> JourneySettings.read(properties))
        .hasMessageContaining("every morning")
        .hasMessageContaining("cron");
  }
}
