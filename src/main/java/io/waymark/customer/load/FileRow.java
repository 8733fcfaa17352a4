package io.waymark.customer.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.platform.RowProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as named values.
 *
 * @param position 1-based within its piece
 * @param fields values by name: texts in CSV, JSON values in NDJSON
 * @param problem why it cannot be read at all, else null
 */
record FileRow(int position, Map<String, Object> fields, @Nullable RowProblem problem) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static FileRow csv(int position, String record, List<String> header) {
    CsvLine line = CsvLine.of(record);
    if (line.state() != CsvLine.State.COMPLETE) {
      return broken(position, "这一行无法读取，请检查引号是否成对");
    }
    if (line.fields().size() != header.size()) {
      return broken(position, "列数与表头不一致，请检查是否少了或多了逗号");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      fields.put(header.get(i), line.fields().get(i));
    }
    return new FileRow(position, fields, null);
  }

  static FileRow json(int position, String record) {
    try {
      Map<String, Object> fields =
          JSON.readValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
      return fields == null
          ? broken(position, "这一行不是 JSON 对象，请写成 {…}")
          : new FileRow(position, fields, null);
    } catch (JsonProcessingException malformed) {
      return broken(position, "这一行不是 JSON 对象，请写成 {…}");
    }
  }

  private static FileRow broken(int position, String message) {
    return new FileRow(position, Map.of(), new RowProblem(position, "row", "malformed", message));
  }

  /** The value as text; empty when there is none. */
  String text(String name) {
    Object value = fields.get(name);
    return value == null ? "" : value.toString().strip();
  }

  /** Values named {@code prefix.x} and those of an object called {@code object}, by x. */
  Map<String, Object> group(String prefix, String object) {
    Map<String, Object> group = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(prefix) && value != null) {
            group.put(name.substring(prefix.length()), value);
          }
        });
    if (fields.get(object) instanceof Map<?, ?> nested) {
      nested.forEach(
          (name, value) -> {
            if (value != null) {
              group.put(name.toString(), value);
            }
          });
    }
    return group;
  }
}
