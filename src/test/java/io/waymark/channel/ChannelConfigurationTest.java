package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.simulator.MailSimulator;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.channel.simulator.WebhookSimulator;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChannelConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Channels.class)
          .withPropertyValues(
              "waymark.crypto.master-key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

  @Test
  void without_configuration_there_is_no_provider_and_no_simulator() {
    runner.run(
        context -> {
          Providers providers = context.getBean(Providers.class);
          assertThat(providers.all()).isEmpty();
          assertThat(providers.of(Channel.SMS)).isEmpty();
          assertThat(providers.fixedAddress(Channel.WEBHOOK)).isEmpty();
          assertThat(context).doesNotHaveBean(SmsSimulator.class);
        });
  }

  @Test
  void simulators_stand_in_for_every_channel_that_is_not_configured() {
    runner
        .withPropertyValues("waymark.simulator.enabled=true")
        .run(
            context -> {
              Providers providers = context.getBean(Providers.class);
              UUID id = UUID.randomUUID();
              String hook = providers.fixedAddress(Channel.WEBHOOK).orElseThrow();
              assertThat(send(providers, Channel.SMS, id, "13800001234"))
                  .isInstanceOf(Accepted.class);
              assertThat(send(providers, Channel.EMAIL, id, "wang@customer.example"))
                  .isInstanceOf(Accepted.class);
              assertThat(send(providers, Channel.WEBHOOK, id, hook)).isInstanceOf(Accepted.class);
              assertThat(context.getBean(SmsSimulator.class).ledger()).hasSize(1);
              assertThat(context.getBean(MailSimulator.class).ledger()).hasSize(1);
              assertThat(context.getBean(WebhookSimulator.class).ledger()).hasSize(1);
            });
  }

  @Test
  void a_configured_provider_is_not_led_to_the_simulator() {
    runner
        .withPropertyValues(
            "waymark.simulator.enabled=true",
            "waymark.channel.sms.url=http://127.0.0.1:1/v1/messages",
            "waymark.channel.sms.key=k",
            "waymark.channel.sms.secret=s",
            "waymark.channel.sms.connect-timeout=1s")
        .run(
            context -> {
              Providers providers = context.getBean(Providers.class);
              assertThat(send(providers, Channel.SMS, UUID.randomUUID(), "13800001234"))
                  .isInstanceOf(ProviderAnswer.Rejected.class);
              assertThat(context.getBean(SmsSimulator.class).ledger()).isEmpty();
            });
  }

  @Test
  void a_simulator_that_is_chosen_stands_in_beside_a_vendor_and_says_who_it_is() {
    runner
        .withPropertyValues(
            "waymark.simulator.enabled=true",
            "waymark.channel.chosen.sms=sms-http",
            "waymark.channel.tencent.secret-id=id",
            "waymark.channel.tencent.secret-key=key",
            "waymark.channel.tencent.endpoint=http://127.0.0.1:1",
            "waymark.channel.tencent.sdk-app-id=1400000001",
            "waymark.channel.tencent.sign-name=路标证券",
            "waymark.channel.tencent.templates[0].code=1001",
            "waymark.channel.tencent.templates[0].text=路标通道测试，请忽略。")
        .run(
            context -> {
              Providers providers = context.getBean(Providers.class);
              assertThat(providers.named("tencent-sms")).isPresent();
              assertThat(send(providers, Channel.SMS, UUID.randomUUID(), "13800001234"))
                  .isInstanceOf(Accepted.class);
              SmsSimulator simulator = context.getBean(SmsSimulator.class);
              assertThat(simulator.ledger()).hasSize(1);
              assertThat(simulator.provider())
                  .isEqualTo(providers.of(Channel.SMS).orElseThrow().name());
              assertThat(providers.of(Channel.SMS).orElseThrow().target())
                  .isEqualTo(simulator.talks().toString());
            });
  }

  @Test
  void misbehaviour_is_set_by_properties() {
    runner
        .withPropertyValues(
            "waymark.simulator.enabled=true",
            "waymark.simulator.sms.misbehaviour.error-rate=1",
            "waymark.simulator.sms.misbehaviour.receipt-delay-millis=5")
        .run(
            context -> {
              Providers providers = context.getBean(Providers.class);
              assertThat(send(providers, Channel.SMS, UUID.randomUUID(), "13800001234"))
                  .isInstanceOf(ProviderAnswer.Rejected.class);
            });
  }

  @Test
  void half_a_configuration_stops_the_start_and_says_what_is_missing() {
    runner
        .withPropertyValues("waymark.channel.sms.url=https://sms.example/v1/messages")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("waymark.channel.sms.secret"));
    runner
        .withPropertyValues(
            "waymark.channel.sms.url=sms.example/v1", "waymark.channel.sms.secret=s")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("完整地址"));
    runner
        .withPropertyValues("waymark.channel.smtp.host=mail.example")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("waymark.channel.smtp.from"));
    runner
        .withPropertyValues(
            "waymark.channel.webhook.secret=s", "waymark.channel.webhook.allowed-targets=crm")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("allowed-targets"));
  }

  @Test
  void of_several_providers_for_a_channel_the_chosen_one_is_used_and_all_are_described() {
    String[] both = {
      "waymark.simulator.enabled=true",
      "waymark.simulator.secret=the-secret-of-the-simulators",
      "waymark.simulator.vendors.aliyun.port=0",
      "waymark.channel.callback-pass=0123456789abcdef",
      "waymark.channel.smpp.host=127.0.0.1",
      "waymark.channel.smpp.port=1",
      "waymark.channel.smpp.system-id=waymark",
      "waymark.channel.smpp.password=pass1234",
      "waymark.channel.smpp.source=10690001",
      "waymark.channel.aliyun.access-key-id=SimulatedKeyId",
      "waymark.channel.aliyun.access-key-secret=the-secret-of-the-simulators",
      "waymark.channel.aliyun.sign-name=路标",
      "waymark.channel.aliyun.templates[0].code=SMS_1",
      "waymark.channel.aliyun.templates[0].text=您好${name}"
    };
    runner
        .withPropertyValues(both)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("waymark.channel.chosen.sms"));
    runner
        .withPropertyValues(both)
        .withPropertyValues("waymark.channel.chosen.sms=aliyun-sms")
        .run(
            context -> {
              Providers providers = context.getBean(Providers.class);
              assertThat(providers.of(Channel.SMS).orElseThrow().name()).isEqualTo("aliyun-sms");
              assertThat(providers.describe())
                  .filteredOn(one -> one.channel() == Channel.SMS)
                  .extracting(ProviderDescription::name, ProviderDescription::chosen)
                  .containsExactly(
                      org.assertj.core.groups.Tuple.tuple("aliyun-sms", true),
                      org.assertj.core.groups.Tuple.tuple("smpp", false));
              assertThat(providers.describe().toString())
                  .doesNotContain("secret")
                  .doesNotContain("pass1234");
            });
  }

  @Test
  void a_provider_is_tried_with_listed_addresses_only() {
    runner
        .withPropertyValues("waymark.simulator.enabled=true")
        .run(
            context -> {
              ProviderTrial trial = context.getBean(ProviderTrial.class);
              org.assertj.core.api.Assertions.assertThatThrownBy(
                      () -> trial.send("sms-http", "13800001234", "测试", "admin"))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageContaining("waymark.channel.test-recipients");
              assertThat(context.getBean(SmsSimulator.class).ledger()).isEmpty();
            });
  }

  private static ProviderAnswer send(
      Providers providers, Channel channel, UUID id, String address) {
    return providers
        .of(channel)
        .orElseThrow()
        .send(new AddressedMessage(id, channel, address, "主题", "正文", Map.of()));
  }

  @Configuration
  @ComponentScan({"io.waymark.channel", "io.waymark.platform.crypto"})
  @ConfigurationPropertiesScan("io.waymark.channel")
  @Import(EvidenceLog.class)
  static class Channels {
    @Bean
    JdbcClient jdbcClient() {
      return JdbcClient.create(new SimpleDriverDataSource());
    }

    @Bean
    TransactionTemplate transactionTemplate() {
      return new TransactionTemplate(new JdbcTransactionManager(new SimpleDriverDataSource()));
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
