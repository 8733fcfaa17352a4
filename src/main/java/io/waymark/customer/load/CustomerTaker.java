package io.waymark.customer.load;

import io.waymark.customer.CustomerFields;
import io.waymark.customer.Customers;
import io.waymark.customer.intake.IntakeBook;
import io.waymark.customer.intake.IntakeKind;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.BatchReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Rows of customers, with the columns of {@link io.waymark.customer.CustomerCsv}. */
@Component
class CustomerTaker implements RowTaker {

  private final Customers customers;
  private final TagRegistry registry;
  private final IntakeBook book;

  CustomerTaker(Customers customers, TagRegistry registry, IntakeBook book) {
    this.customers = customers;
    this.registry = registry;
    this.book = book;
  }

  @Override
  public IntakeKind kind() {
    return IntakeKind.CUSTOMERS;
  }

  @Override
  public int pieceRows() {
    return 2_000;
  }

  @Override
  public Optional<String> refusal(List<String> header) {
    return CustomerFields.lacksRequired(header)
        ? Optional.of("表头必须有 ref、name、branch、customerClass、legalStatus 这几列，请补上后重新上传。")
        : Optional.empty();
  }

  @Override
  public Taken take(ImportJob job, List<FileRow> rows) {
    if (job.declareTags()) {
      registry.declareMissing(
          rows.stream().flatMap(row -> row.group("tag.", "tags").keySet().stream()).toList(),
          job.author());
    }
    CustomerFields fields = new CustomerFields();
    rows.forEach(row -> fields.read(row.position(), texts(row)));
    BatchReport report = customers.importFile(fields.file(), job.author());
    book.note(job.source(), IntakeKind.CUSTOMERS, report);
    return new Taken(report.accepted(), report.duplicates(), report.problems());
  }

  private static Map<String, String> texts(FileRow row) {
    Map<String, String> texts = new LinkedHashMap<>();
    row.fields()
        .forEach(
            (name, value) -> {
              if (value != null && !(value instanceof Map)) {
                texts.put(name, value.toString());
              }
            });
    row.group("identity.", "identities")
        .forEach((type, value) -> texts.put("identity." + type, value.toString()));
    row.group("tag.", "tags").forEach((tag, value) -> texts.put("tag." + tag, value.toString()));
    return texts;
  }
}
