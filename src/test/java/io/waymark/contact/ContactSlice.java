package io.waymark.contact;

import io.waymark.testing.DatabaseSlice;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The gate and its delivery on the real database, with simulated providers on real sockets. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@DatabaseSlice({
  "io.waymark.customer",
  "io.waymark.product",
  "io.waymark.suitability",
  "io.waymark.segment",
  "io.waymark.content",
  "io.waymark.compliance",
  "io.waymark.channel",
  "io.waymark.contact"
})
@Import({ContactWorld.class, CountedStatements.class, FailingProvider.class})
@TestPropertySource(
    properties = {
      "waymark.simulator.enabled=true",
      // Tests let providers fail on purpose, one after the other: no breaker may remember that.
      "waymark.dispatch.providers.sms.breaker-minimum=5000",
      "waymark.dispatch.providers.sms.breaker-calls=5000",
      "waymark.dispatch.providers.email.breaker-minimum=5000",
      "waymark.dispatch.providers.email.breaker-calls=5000",
      "waymark.dispatch.providers.webhook.breaker-minimum=5000",
      "waymark.dispatch.providers.webhook.breaker-calls=5000",
      "waymark.simulator.receipt-url=http://127.0.0.1:1",
      "waymark.channel.sms.read-timeout=1s",
      "waymark.contact.broker-name=示例证券股份有限公司",
      "waymark.contact.broker-hotline=95000"
    })
@interface ContactSlice {}
