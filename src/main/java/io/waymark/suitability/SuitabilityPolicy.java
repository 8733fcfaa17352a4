package io.waymark.suitability;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.Purpose;
import io.waymark.product.ProductRisk;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The numbers and tables of suitability, versioned, each with its basis.
 *
 * @param version written into every negative verdict
 * @param exemptPurposes purposes that promote nothing
 * @param minimumClassHighestRisk highest grade of which the minimum class may even be taught
 * @param assessmentMaxDays days after which an assessment counts no more, whatever it says
 * @param highestRisk highest product grade per customer level
 * @param objectives product objectives that fit a customer's objective
 * @param typesWithoutPreference product types that no questionnaire asks about
 * @param professionalSkips checks that do not apply to professional investors
 * @param entryConditions by product type
 */
public record SuitabilityPolicy(
    String version,
    LocalDate effectiveFrom,
    PolicyValue<Set<Purpose>> exemptPurposes,
    PolicyValue<ProductRisk> minimumClassHighestRisk,
    PolicyValue<Integer> assessmentMaxDays,
    PolicyValue<Map<RiskTolerance, ProductRisk>> highestRisk,
    PolicyValue<Map<String, Set<String>>> objectives,
    PolicyValue<Set<String>> typesWithoutPreference,
    PolicyValue<Set<SuitabilityReason>> professionalSkips,
    Map<String, List<EntryCondition>> entryConditions,
    HighRisk highRisk) {

  /**
   * What high-risk products ask on top (适当性管理办法 art. 20).
   *
   * @param from lowest grade concerned
   * @param elderlyAge age in years from which a person, not a message, follows up
   * @param educationTag tag that says {@code true} once the education is done
   */
  public record HighRisk(
      PolicyValue<ProductRisk> from,
      PolicyValue<Integer> elderlyAge,
      PolicyValue<String> educationTag) {}

  /**
   * Reads a policy file; a misspelt or missing entry is refused rather than ignored.
   *
   * @throws IllegalArgumentException naming what is wrong with the file
   */
  public static SuitabilityPolicy read(InputStream yaml) {
    try {
      return JsonMapper.builder(new YAMLFactory())
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build()
          .readValue(yaml, SuitabilityPolicy.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("适当性策略文件无法读取,请检查:" + e.getMessage(), e);
    }
  }
}
