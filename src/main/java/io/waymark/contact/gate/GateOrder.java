package io.waymark.contact.gate;

import io.waymark.contact.GateChain;
import io.waymark.suitability.Suitability;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one place where the order of the gates is written down. */
@Configuration(proxyBeanMethods = false)
public class GateOrder {

  /**
   * Whether it is stopped everywhere, then who the customer is, then whether we may speak, how
   * often and when, then whether the product fits, then whether the content and the way are in
   * order. The rendered text is scanned after these, because only then is there a text.
   */
  @Bean
  GateChain messageGates(Suitability suitability) {
    return new GateChain(
        List.of(
            new RecallGate(),
            new KnownCustomerGate(),
            new LegalStatusGate(),
            new CapacityGate(),
            new ConsentGate(),
            new ConsentRequestGate(),
            new PersonalisationGate(),
            new SuppressionGate(),
            new CapGate(),
            new QuietHoursGate(),
            new SendTimeGate(),
            new ProductGate(),
            new AssessmentGate(suitability),
            new MinimumClassGate(),
            new SuitabilityGate(suitability),
            new ContentGate(),
            new ChannelGate(),
            new AddressGate()));
  }

  /**
   * What is looked at again each time the App shows something that was placed earlier: whether we
   * may still speak to this customer about this, and with this text.
   */
  @Bean
  GateChain inAppGates() {
    return new GateChain(
        List.of(
            new RecallGate(),
            new KnownCustomerGate(),
            new LegalStatusGate(),
            new ConsentGate(),
            new PersonalisationGate(),
            new SuppressionGate(),
            new ContentGate()));
  }
}
