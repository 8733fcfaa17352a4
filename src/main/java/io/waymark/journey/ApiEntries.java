package io.waymark.journey;

import io.waymark.customer.CustomerLookup;
import io.waymark.customer.CustomerLookup.Known;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.staff.BranchScope;
import io.waymark.segment.AudienceQuestions;
import io.waymark.segment.rule.Truth;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets other systems ask customers into journeys that are drawn to be entered so. Whether each may
 * enter is decided as for everybody: re-entry, comparison group, room, ramp-up.
 */
@Component
public class ApiEntries {

  private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

  private final JourneyVersions versions;
  private final Enrolments enrolments;
  private final CustomerLookup customers;
  private final AudienceQuestions audiences;
  private final MarketingEntry entry;
  private final Clock clock;

  ApiEntries(
      JourneyVersions versions,
      Enrolments enrolments,
      CustomerLookup customers,
      AudienceQuestions audiences,
      MarketingEntry entry,
      Clock clock) {
    this.versions = versions;
    this.enrolments = enrolments;
    this.customers = customers;
    this.audiences = audiences;
    this.entry = entry;
    this.clock = clock;
  }

  /**
   * One wish of another system.
   *
   * @param customer ref, or identity as {@code type:value}
   * @param requestId the caller's own number; the same number for the same customer is the same
   *     wish, however often it is sent
   */
  public record Wish(String customer, String requestId) {}

  /**
   * Queues wishes; a wish known by its number is left alone.
   *
   * @param scope branches whose customers the caller may name; others are unknown to him
   * @throws JourneyRefusedException {@code unknown_journey} when no journey of this key is open to
   *     callers, {@code journey_closed} when nobody can enter it now
   */
  @Transactional
  public BatchReport request(String journeyKey, List<Wish> wishes, BranchScope scope) {
    JourneyVersion version = open(journeyKey);
    Map<String, Known> known =
        new HashMap<>(customers.find(wishes.stream().map(Wish::customer).distinct().toList()));
    known.values().removeIf(one -> !scope.covers(one.branch()));
    Set<Long> outside = outside(version, known.values().stream().map(Known::id).toList());
    List<RowProblem> problems = new ArrayList<>();
    List<EntryRequest> requests = new ArrayList<>();
    for (int i = 0; i < wishes.size(); i++) {
      Wish wish = wishes.get(i);
      Known customer = known.get(wish.customer());
      RowProblem problem = problem(i + 1, wish, customer, outside);
      if (problem != null) {
        problems.add(problem);
      } else if (customer != null) {
        requests.add(
            new EntryRequest(
                version, customer.id(), customer.branch(), EntryCause.API, wish.requestId(), null));
      }
    }
    List<EntryRequest> fresh = enrolments.unknownAmong(requests);
    if (!fresh.isEmpty()) {
      enrolments.request(fresh);
    }
    return new BatchReport(fresh.size(), requests.size() - fresh.size(), problems);
  }

  private JourneyVersion open(String journeyKey) {
    JourneyVersion version =
        versions
            .running(journeyKey)
            .filter(one -> one.settings().entersByApi())
            .orElseThrow(
                () ->
                    new JourneyRefusedException(
                        "unknown_journey", "没有可以由接口进入的旅程“" + journeyKey + "”，请检查旅程编号，以及它是否已发布。"));
    if (!entry.open(version)) {
      throw new JourneyRefusedException("journey_closed", "这个旅程的人群没有有效的影响评估，现在不接收客户。");
    }
    return version;
  }

  /** Those of whom the entry filter does not certainly say that they belong in. */
  private Set<Long> outside(JourneyVersion version, List<Long> ids) {
    String filter = version.settings().entryFilter();
    if (filter == null || ids.isEmpty()) {
      return Set.of();
    }
    Map<Long, Truth> truths = audiences.test(filter, ids, clock.instant());
    Set<Long> outside = new HashSet<>(ids);
    outside.removeIf(id -> truths.get(id) == Truth.YES);
    return outside;
  }

  private static @Nullable RowProblem problem(
      int position, Wish wish, @Nullable Known customer, Set<Long> outside) {
    if (!REQUEST.matcher(wish.requestId()).matches()) {
      return new RowProblem(
          position, "requestId", "invalid_value", "请求编号只用字母、数字和 . _ : -，最多 100 位。");
    }
    if (customer == null) {
      return new RowProblem(
          position, "customer", "unknown_customer", "找不到该客户，或不在此密钥的营业部范围内，请检查客户标识。");
    }
    return outside.contains(customer.id())
        ? new RowProblem(position, "customer", "not_in_audience", "该客户不在旅程限定的人群里，或资料不全判断不了，没有进入。")
        : null;
  }
}
