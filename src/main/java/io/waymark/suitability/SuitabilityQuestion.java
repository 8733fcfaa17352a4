package io.waymark.suitability;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.RiskAssessment;
import io.waymark.platform.Purpose;
import io.waymark.product.Product;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * May this product be promoted to this customer, for this purpose, at this moment?
 *
 * @param assessment the current one, valid or not; null when never assessed
 * @param birthDate local date in China, null when unknown
 * @param tags what is known of the customer by tag; a missing tag is unknown
 */
public record SuitabilityQuestion(
    CustomerClass customerClass,
    @Nullable RiskAssessment assessment,
    @Nullable LocalDate birthDate,
    Map<String, String> tags,
    Product product,
    Purpose purpose,
    Instant at) {

  public SuitabilityQuestion {
    tags = Map.copyOf(tags);
  }
}
