package io.waymark.console.api;

import io.waymark.customer.CustomerFile;
import io.waymark.customer.CustomerRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.http.HttpStatus;

/**
 * Reads customers from CSV as spreadsheets write it: with a heading line, in UTF-8 (with or without
 * a mark) or GB18030, headings in Chinese or as the fields are named.
 */
final class CsvRows {

  private static final Map<String, String> CHINESE =
      Map.ofEntries(
          Map.entry("客户号", "ref"),
          Map.entry("姓名", "name"),
          Map.entry("客户姓名", "name"),
          Map.entry("出生日期", "birthDate"),
          Map.entry("营业部", "branch"),
          Map.entry("投顾", "advisor"),
          Map.entry("投资者类别", "customerClass"),
          Map.entry("客户状态", "legalStatus"),
          Map.entry("手机号", "identity.mobile"),
          Map.entry("邮箱", "identity.email"),
          Map.entry("资金账号", "identity.fund_account"),
          Map.entry("微信", "identity.wechat"),
          Map.entry("企业微信", "identity.wecom"),
          Map.entry("设备号", "identity.device"));

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .get();

  private CsvRows() {}

  /**
   * @throws ApiProblem when the file as a whole cannot be read; nothing was taken then
   */
  static Rows<CustomerRecord> customers(InputStream body) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    String text = text(body.readAllBytes());
    try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
      Map<String, String> columns = columns(parser.getHeaderNames());
      for (CSVRecord line : parser) {
        if (rows.size() == JsonRows.LIMIT) {
          throw JsonRows.tooMany();
        }
        rows.add(row(line, columns));
      }
    } catch (UncheckedIOException | IllegalArgumentException broken) {
      throw new ApiProblem(
          HttpStatus.BAD_REQUEST,
          "malformed_csv",
          "CSV 格式有误，本次没有处理任何一行。请检查标题行是否重复或为空、引号是否成对，再重新导出。",
          Map.of());
    }
    CustomerFile file = CustomerFile.of(rows);
    return new Rows<>(file.rows(), file.positions(), file.problems());
  }

  private static Map<String, String> columns(List<String> headings) {
    Map<String, String> columns = new HashMap<>();
    for (String heading : headings) {
      String plain = heading.strip();
      String known = CHINESE.getOrDefault(plain, plain);
      columns.put(heading, known.startsWith("标签.") ? "tag." + known.substring(3) : known);
    }
    if (!columns.containsValue("ref")) {
      throw new ApiProblem(
          HttpStatus.BAD_REQUEST,
          "missing_field",
          "CSV 第一行必须是标题行，并且有“ref”（客户号）一列。",
          Map.of("field", "ref"));
    }
    return columns;
  }

  private static Map<String, String> row(CSVRecord line, Map<String, String> columns) {
    Map<String, String> row = new HashMap<>();
    columns.forEach(
        (heading, column) -> {
          if (line.isSet(heading)) {
            row.put(column, line.get(heading));
          }
        });
    return row;
  }

  private static String text(byte[] bytes) {
    try {
      String text = strict(bytes, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, Charset.forName("GB18030"));
    }
  }

  private static String strict(byte[] bytes, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
