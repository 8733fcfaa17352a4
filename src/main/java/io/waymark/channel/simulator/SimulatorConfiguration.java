package io.waymark.channel.simulator;

import io.waymark.channel.ChannelSettings;
import io.waymark.channel.ProviderEndpoint;
import io.waymark.channel.Secret;
import io.waymark.channel.smpp.SmppSettings;
import io.waymark.channel.wechat.WechatCrypt;
import io.waymark.channel.wechat.WechatSettings;
import io.waymark.channel.wechat.WecomSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The simulators, and the endpoints by which providers that are not configured find them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "waymark.simulator", name = "enabled", havingValue = "true")
class SimulatorConfiguration {

  private final SimulatorSettings settings;
  private final Secret secret;
  private final Supplier<Optional<URI>> application;

  SimulatorConfiguration(SimulatorSettings settings, Environment environment) {
    this.settings = settings;
    Secret configured = settings.secret();
    this.secret = configured == null ? newSecret() : configured;
    this.application = () -> application(settings, environment);
  }

  @Bean
  SmsSimulator smsSimulator(Clock clock) {
    return new SmsSimulator(settings, secret, application, clock);
  }

  @Bean
  MailSimulator mailSimulator(Clock clock) {
    return new MailSimulator(settings, secret, application, clock);
  }

  @Bean
  WebhookSimulator webhookSimulator(Clock clock) {
    return new WebhookSimulator(settings, secret, clock);
  }

  @Bean
  ProviderEndpoint smsSimulatorEndpoint(SmsSimulator simulator) {
    return simulator.endpoint();
  }

  @Bean
  ProviderEndpoint mailSimulatorEndpoint(MailSimulator simulator) {
    return simulator.endpoint();
  }

  @Bean
  ProviderEndpoint webhookSimulatorEndpoint(WebhookSimulator simulator) {
    return simulator.endpoint();
  }

  @Bean
  @ConditionalOnProperty("waymark.simulator.vendors.aliyun.port")
  AliyunSimulator aliyunSimulator(ChannelSettings channels, Clock clock) {
    return new AliyunSimulator(settings, secret, application, channels.callbackPass(), clock);
  }

  @Bean
  @ConditionalOnProperty("waymark.simulator.vendors.tencent.port")
  TencentSimulator tencentSimulator(ChannelSettings channels, Clock clock) {
    return new TencentSimulator(settings, secret, application, channels.callbackPass(), clock);
  }

  @Bean
  @ConditionalOnProperty("waymark.simulator.vendors.smpp.port")
  SmppSimulator smppSimulator(SmppSettings smpp, Clock clock) {
    // The protocol's passwords have eight characters at most, so it cannot be the common secret.
    Secret password = smpp.password();
    return new SmppSimulator(settings, password == null ? new Secret("simulate") : password, clock);
  }

  @Bean
  @ConditionalOnProperty("waymark.simulator.vendors.wechat.port")
  WechatSimulator wechatSimulator(WechatSettings wechat, Clock clock) {
    WechatCrypt crypt = crypt(wechat.callbackToken(), wechat.callbackKey(), WechatSimulator.APP_ID);
    return new WechatSimulator(settings, secret, crypt, application, clock);
  }

  @Bean
  @ConditionalOnProperty("waymark.simulator.vendors.wecom.port")
  WecomSimulator wecomSimulator(WecomSettings wecom, Clock clock) {
    WechatCrypt crypt = crypt(wecom.callbackToken(), wecom.callbackKey(), WecomSimulator.CORP_ID);
    return new WecomSimulator(settings, secret, crypt, application, clock);
  }

  @Bean
  @ConditionalOnProperty("waymark.simulator.vendors.jpush.port")
  JpushSimulator jpushSimulator(Clock clock) {
    return new JpushSimulator(settings, secret, clock);
  }

  private static WechatCrypt crypt(@Nullable Secret token, @Nullable Secret key, String receiver) {
    return token == null || key == null
        ? new WechatCrypt("simulator", "A".repeat(43), receiver)
        : new WechatCrypt(token.clear(), key.clear(), receiver);
  }

  /** Spring sets the port of this application once its web server is up. */
  private static Optional<URI> application(SimulatorSettings settings, Environment environment) {
    return Optional.ofNullable(settings.receiptUrl())
        .or(
            () ->
                Optional.ofNullable(environment.getProperty("local.server.port"))
                    .map(port -> URI.create("http://127.0.0.1:" + port)));
  }

  private static Secret newSecret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new Secret("whsec_" + Base64.getEncoder().encodeToString(random));
  }
}
