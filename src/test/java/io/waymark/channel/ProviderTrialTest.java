package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testing.DatabaseSlice;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What the channels keep in the database. */
@DatabaseSlice("io.waymark.channel")
@TestPropertySource(
    properties = {"waymark.simulator.enabled=true", "waymark.channel.test-recipients=13900000001"})
class ProviderTrialTest {

  @Autowired ProviderTrial trial;
  @Autowired Providers providers;
  @Autowired StoredSentIds sentIds;
  @Autowired JdbcClient jdbc;
  @Autowired Clock clock;

  @Test
  void a_trial_reaches_the_listed_address_and_is_proved_without_it() {
    ProviderAnswer answer = trial.send("sms-http", "13900000001", "通道测试", "admin-of-trials");

    assertThat(answer).isInstanceOf(ProviderAnswer.Accepted.class);
    assertThat(providers.describe())
        .filteredOn(one -> one.name().equals("sms-http"))
        .singleElement()
        .satisfies(one -> assertThat(String.valueOf(one.lastAnswer())).contains("accepted"));
    List<String> proofs =
        jdbc.sql("select facts::text from evidence where kind = 'provider_tried' and actor = ?")
            .param("admin-of-trials")
            .query(String.class)
            .list();
    assertThat(proofs).singleElement().asString().contains("accepted").doesNotContain("1390000");
  }

  @Test
  void a_message_in_parts_is_decided_when_all_arrived_or_one_failed() {
    UUID whole = UUID.randomUUID();
    UUID broken = UUID.randomUUID();
    String a = UUID.randomUUID().toString();
    sentIds.remember("test", whole, List.of(a + 1, a + 2));
    sentIds.remember("test", broken, List.of(a + 3, a + 4));

    assertThat(sentIds.find("test", List.of(a + 1, a + 4, "nobody")))
        .containsEntry(a + 1, whole)
        .containsEntry(a + 4, broken)
        .hasSize(2);
    assertThat(sentIds.ended("test", a + 1, true)).contains(new SentIds.Fate(whole, false, false));
    assertThat(sentIds.open("test", clock.instant().minusSeconds(60), 10)).containsKey(a + 2);
    assertThat(sentIds.ended("test", a + 2, true)).contains(new SentIds.Fate(whole, true, true));
    // A part that arrived stays arrived, whatever is reported later.
    assertThat(sentIds.ended("test", a + 2, false)).contains(new SentIds.Fate(whole, true, true));
    assertThat(sentIds.ended("test", a + 3, false)).contains(new SentIds.Fate(broken, true, false));
    assertThat(sentIds.ended("test", "nobody", true)).isEmpty();
  }
}
