package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.watch.JourneyText;
import io.waymark.compliance.watch.JourneyTexts;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The words of a live journey can be read by rules, and a rule can stop its entries. */
@WithTravellers
class LiveDrawingsTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired JourneyTexts texts;

  @Test
  void names_in_the_drawing_are_read_and_a_pause_stops_entries() {
    travellers.open();
    Sketch sketch = Sketch.of("words").task("Task_A", "agreed").way("Task_A");
    sketch.publish(deployments, versions);

    JourneyText words =
        texts.live().stream()
            .filter(one -> one.key().equals(sketch.key()))
            .findFirst()
            .orElseThrow();
    assertThat(words.texts()).contains("致电客户");

    texts.pause(words, "waymark");

    assertThat(versions.find(words.id()).orElseThrow().status()).isEqualTo(JourneyStatus.PAUSED);
    assertThat(texts.live()).extracting(JourneyText::key).doesNotContain(sketch.key());
  }
}
