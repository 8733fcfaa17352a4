package io.waymark.customer;

import io.waymark.platform.RowProblem;
import io.waymark.platform.RowProblems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns named text fields into customers; words people use in Chinese are understood as well. */
public final class CustomerFields {

  private static final List<String> REQUIRED =
      List.of("ref", "name", "branch", "customerClass", "legalStatus");
  private static final Set<String> OPTIONAL = Set.of("birthDate", "advisor");
  private static final String IDENTITY = "identity.";
  private static final String TAG = "tag.";

  private static final Map<String, CustomerClass> CLASSES =
      Map.of(
          "ordinary", CustomerClass.ORDINARY,
          "普通", CustomerClass.ORDINARY,
          "普通投资者", CustomerClass.ORDINARY,
          "professional", CustomerClass.PROFESSIONAL,
          "专业", CustomerClass.PROFESSIONAL,
          "专业投资者", CustomerClass.PROFESSIONAL);

  private static final Map<String, LegalStatus> STATUSES =
      Map.of(
          "normal", LegalStatus.NORMAL,
          "正常", LegalStatus.NORMAL,
          "deceased", LegalStatus.DECEASED,
          "死亡", LegalStatus.DECEASED,
          "restricted", LegalStatus.RESTRICTED,
          "限制", LegalStatus.RESTRICTED,
          "blacklisted", LegalStatus.BLACKLISTED,
          "黑名单", LegalStatus.BLACKLISTED,
          "complaint_hold", LegalStatus.COMPLAINT_HOLD,
          "投诉处理中", LegalStatus.COMPLAINT_HOLD);

  /** As systems write it, as Excel writes it, and run together. */
  private static final List<DateTimeFormatter> DATES =
      List.of(dates("uuuu-MM-dd"), dates("uuuu/M/d"), dates("uuuuMMdd"));

  private final List<CustomerRecord> rows = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private final RowProblems problems = new RowProblems();

  /** Whether a header lacks a column no customer can do without. */
  public static boolean lacksRequired(List<String> header) {
    return !header.containsAll(REQUIRED);
  }

  static List<RowProblem> headerProblems(List<String> header) {
    List<RowProblem> found = new ArrayList<>();
    for (String column : REQUIRED) {
      if (!header.contains(column)) {
        found.add(new RowProblem(0, column, "missing_column", "缺少必需的列 " + column));
      }
    }
    for (String column : header) {
      if (!known(column)) {
        found.add(
            new RowProblem(
                0, column, "unknown_column", "不认识的列,已忽略;标识请写 identity.mobile,标签请写 tag.名称"));
      }
    }
    return found;
  }

  private static boolean known(String column) {
    return REQUIRED.contains(column)
        || OPTIONAL.contains(column)
        || column.startsWith(IDENTITY)
        || column.startsWith(TAG);
  }

  /** Reads one row; what cannot be read is kept as a problem. */
  public void read(int position, Map<String, String> fields) {
    record(position, fields)
        .ifPresent(
            row -> {
              rows.add(row);
              positions.add(position);
            });
  }

  void refuse(int position, String field, String code, String message) {
    problems.refuse(position, field, code, message);
  }

  /** The rows that could be read, and the problems of the others. */
  public CustomerFile file() {
    return new CustomerFile(rows, positions, problems.all());
  }

  private Optional<CustomerRecord> record(int position, Map<String, String> fields) {
    Optional<CustomerClass> customerClass =
        word(position, "customerClass", fields, CLASSES, "投资者类别只能是 ORDINARY(普通)或 PROFESSIONAL(专业)");
    if (customerClass.isEmpty()) {
      return Optional.empty();
    }
    Optional<LegalStatus> legalStatus =
        word(
            position,
            "legalStatus",
            fields,
            STATUSES,
            "法律状态只能是 NORMAL、DECEASED、RESTRICTED、BLACKLISTED、COMPLAINT_HOLD");
    if (legalStatus.isEmpty()) {
      return Optional.empty();
    }
    String birthDate = text(fields, "birthDate");
    Optional<LocalDate> born = date(birthDate);
    if (!birthDate.isEmpty() && born.isEmpty()) {
      refuse(position, "birthDate", "impossible", "出生日期无法识别,请写成 1990-01-31");
      return Optional.empty();
    }
    String advisor = text(fields, "advisor");
    return Optional.of(
        new CustomerRecord(
            text(fields, "ref"),
            text(fields, "name"),
            born.orElse(null),
            text(fields, "branch"),
            advisor.isEmpty() ? null : advisor,
            customerClass.get(),
            legalStatus.get(),
            beginning(IDENTITY, fields),
            beginning(TAG, fields)));
  }

  private <T> Optional<T> word(
      int position, String field, Map<String, String> fields, Map<String, T> words, String help) {
    T meant = words.get(text(fields, field).toLowerCase(Locale.ROOT));
    if (meant == null) {
      refuse(position, field, "unknown_word", help);
    }
    return Optional.ofNullable(meant);
  }

  private static Optional<LocalDate> date(String text) {
    for (DateTimeFormatter format : DATES) {
      try {
        return Optional.of(LocalDate.parse(text, format));
      } catch (DateTimeException tryTheNext) {
        continue;
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> beginning(String prefix, Map<String, String> fields) {
    Map<String, String> values = new HashMap<>();
    for (String field : fields.keySet()) {
      if (field.startsWith(prefix) && !text(fields, field).isEmpty()) {
        values.put(field.substring(prefix.length()), text(fields, field));
      }
    }
    return values;
  }

  private static String text(Map<String, String> fields, String field) {
    String value = fields.get(field);
    return value == null ? "" : value.strip();
  }

  private static DateTimeFormatter dates(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
  }
}
