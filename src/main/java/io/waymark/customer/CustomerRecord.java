package io.waymark.customer;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer as the broker's master system delivers it.
 *
 * @param ref the broker's 客户号, unique, at most 64 characters
 * @param name clear name; sealed before it is stored
 * @param birthDate local date in China; null when unknown (age rules then say unknown)
 * @param branch code of the customer's branch
 * @param advisor username of the customer's own advisor, null when none
 * @param identities clear value by type ({@code mobile, email, fund_account, wechat, wecom,
 *     device}); a type left out or blank leaves the stored one as it is
 * @param tags value by tag name; a tag left out or blank leaves the stored one as it is
 */
public record CustomerRecord(
    String ref,
    String name,
    @Nullable LocalDate birthDate,
    String branch,
    @Nullable String advisor,
    CustomerClass customerClass,
    LegalStatus legalStatus,
    Map<String, String> identities,
    Map<String, String> tags) {

  public CustomerRecord {
    identities = Map.copyOf(identities);
    tags = Map.copyOf(tags);
  }
}
