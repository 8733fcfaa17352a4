package io.waymark.console.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.waymark.platform.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.stereotype.Component;

/**
 * Reads a JSON array row by row: a row that does not fit is reported with its field, text that is
 * no JSON is refused with line and column, and reading stops at the limit.
 */
@Component
class JsonRows {

  /** Most rows of one request. */
  static final int LIMIT = 5_000;

  private final ObjectMapper json;

  JsonRows(Jackson2ObjectMapperBuilder builder) {
    this.json =
        builder
            .featuresToEnable(
                MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS,
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();
  }

  /**
   * @throws ApiProblem when the body is no JSON array or has too many rows; nothing was taken then
   */
  <T> Rows<T> read(InputStream body, Class<T> type) throws IOException {
    List<T> values = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new ApiProblem(
            HttpStatus.BAD_REQUEST, "not_an_array", "请求体必须是 JSON 数组，形如 [{…}, {…}]。", Map.of());
      }
      for (int position = 1; parser.nextToken() != JsonToken.END_ARRAY; position++) {
        if (position > LIMIT) {
          throw tooMany();
        }
        JsonNode node = json.readTree(parser);
        try {
          values.add(row(node, type));
          positions.add(position);
        } catch (RefusedRow refusal) {
          problems.add(refusal.at(position));
        }
      }
      if (parser.nextToken() != null) {
        throw malformed(parser.currentLocation());
      }
    } catch (JsonProcessingException broken) {
      throw malformed(broken.getLocation());
    }
    return new Rows<>(values, positions, problems);
  }

  static ApiProblem tooMany() {
    return new ApiProblem(
        HttpStatus.PAYLOAD_TOO_LARGE,
        "too_many_rows",
        "一次最多提交 %d 行，本次没有处理任何一行，请分批提交。".formatted(LIMIT),
        Map.of("limit", LIMIT));
  }

  private <T> T row(JsonNode node, Class<T> type) {
    if (!node.isObject()) {
      throw new RefusedRow("", "not_an_object", "此行必须是 JSON 对象，形如 {…}。");
    }
    try {
      return json.treeToValue(node, type);
    } catch (UnrecognizedPropertyException unknown) {
      throw new RefusedRow(
          unknown.getPropertyName(),
          "unknown_field",
          "没有名为“%s”的字段，请检查拼写；可用字段见 /v3/api-docs。".formatted(unknown.getPropertyName()));
    } catch (JsonMappingException wrong) {
      throw refused(wrong);
    } catch (JsonProcessingException wrong) {
      throw new RefusedRow("", "invalid", "此行无法读取，请对照 /v3/api-docs 检查。");
    }
  }

  private static RefusedRow refused(JsonMappingException wrong) {
    if (wrong.getCause() instanceof RefusedRow own) {
      return own;
    }
    String field =
        wrong.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
            .collect(Collectors.joining("."));
    String message = "字段“%s”的值不正确，%s。".formatted(field, expected(wrong));
    return new RefusedRow(field, "invalid_value", message);
  }

  private static String expected(JsonMappingException wrong) {
    Class<?> target =
        wrong instanceof InvalidFormatException format ? format.getTargetType() : null;
    if (target == null) {
      return "请对照 /v3/api-docs 检查类型";
    }
    if (target.isEnum()) {
      return "只能是 "
          + Arrays.stream(target.getEnumConstants())
              .map(word -> word.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining("、"));
    }
    return switch (target.getSimpleName()) {
      case "LocalDate" -> "日期请写成 2026-11-22";
      case "Instant" -> "时间请写成带时区的 2026-11-22T09:30:00+08:00";
      case "boolean", "Boolean" -> "只能是 true 或 false";
      case "BigDecimal", "int", "Integer", "long", "Long" -> "只能是数字";
      default -> "请对照 /v3/api-docs 检查类型";
    };
  }

  private static ApiProblem malformed(JsonLocation at) {
    int line = at == null ? 0 : at.getLineNr();
    int column = at == null ? 0 : at.getColumnNr();
    return new ApiProblem(
        HttpStatus.BAD_REQUEST,
        "malformed_json",
        "JSON 格式有误：第 %d 行第 %d 列附近，本次没有处理任何一行。".formatted(line, column),
        Map.of("line", line, "column", column));
  }
}
