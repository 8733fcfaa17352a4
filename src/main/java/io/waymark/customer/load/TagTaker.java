package io.waymark.customer.load;

import io.waymark.customer.CustomerLookup;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagReading;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.customer.tag.TagValue;
import io.waymark.platform.RowProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Rows of tags: {@code customer, tag.<code>…} and optionally {@code asOf}, when the values were
 * true. An empty value leaves the stored one as it is.
 */
@Component
class TagTaker implements RowTaker {

  private static final String TAG = "tag.";
  private static final int LONGEST_VALUE = 512;

  private final CustomerLookup lookup;
  private final CustomerTags tags;
  private final TagRegistry registry;
  private final IntakeBook book;
  private final Clock clock;

  TagTaker(
      CustomerLookup lookup,
      CustomerTags tags,
      TagRegistry registry,
      IntakeBook book,
      Clock clock) {
    this.lookup = lookup;
    this.tags = tags;
    this.registry = registry;
    this.book = book;
    this.clock = clock;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.TAGS;
  }

  @Override
  public int pieceRows() {
    return 2_000;
  }

  @Override
  public Optional<String> refusal(List<String> header) {
    if (!header.contains("customer")) {
      return Optional.of("缺少必需的列 customer，请补上后重新上传。");
    }
    return header.stream().anyMatch(column -> column.startsWith(TAG))
        ? Optional.empty()
        : Optional.of("没有标签列，请把列名写成 tag.标签代码，例如 tag.tier。");
  }

  @Override
  public Taken take(ImportJob job, List<FileRow> rows) {
    if (job.declareTags()) {
      registry.declareMissing(
          rows.stream().flatMap(row -> row.group(TAG, "tags").keySet().stream()).toList(),
          job.author());
    }
    Map<String, TagDefinition> declared = registry.byCode();
    Map<String, CustomerLookup.Known> customers =
        lookup.find(
            rows.stream()
                .map(row -> row.text("customer"))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet()));
    List<TagValue> values = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    for (FileRow row : rows) {
      RowProblem problem = read(row, customers.get(row.text("customer")), declared, values);
      if (problem != null) {
        problems.add(problem);
      }
    }
    tags.setAll(values, job.author());
    int accepted = rows.size() - problems.size();
    book.note(job.source(), IntakeKind.TAGS, accepted, 0, problems.size());
    return new Taken(accepted, 0, problems);
  }

  private @Nullable RowProblem read(
      FileRow row,
      CustomerLookup.@Nullable Known customer,
      Map<String, TagDefinition> declared,
      List<TagValue> values) {
    if (customer == null) {
      return problem(row, "customer", "unknown_customer", "找不到该客户，请先导入客户资料");
    }
    String moment = row.text("asOf");
    Optional<Instant> asOf = moment.isEmpty() ? Optional.empty() : FileMoment.read(moment);
    if (asOf.isEmpty() && !moment.isEmpty()) {
      return problem(row, "asOf", "malformed", "数据时间无法识别，请写成 2026-11-22T09:30:00+08:00");
    }
    if (asOf.isPresent() && asOf.get().isAfter(clock.instant())) {
      return problem(row, "asOf", "future", "数据时间晚于现在，请核对来源系统的时钟");
    }
    List<TagValue> read = new ArrayList<>();
    for (Map.Entry<String, Object> tag : row.group(TAG, "tags").entrySet()) {
      String text = tag.getValue().toString().strip();
      if (text.isEmpty()) {
        continue;
      }
      String field = TAG + tag.getKey();
      if (text.length() > LONGEST_VALUE || text.indexOf(0) >= 0) {
        return problem(row, field, "too_long", "标签值过长或含有无法保存的字符，最多 512 个字符");
      }
      TagReading reading = TagReading.of(declared, tag.getKey(), text);
      if (reading instanceof TagReading.Refused refused) {
        return problem(row, field, refused.code(), refused.message());
      }
      String kept = ((TagReading.Kept) reading).value();
      read.add(new TagValue(customer.id(), tag.getKey(), kept, asOf.orElse(null)));
    }
    values.addAll(read);
    return null;
  }

  private static RowProblem problem(FileRow row, String field, String code, String message) {
    return new RowProblem(row.position(), field, code, message);
  }
}
