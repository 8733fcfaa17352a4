package io.waymark.customer.rights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.pack.PackTexts;
import io.waymark.platform.staff.BranchScope;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The copy of everything held about one person, as a ZIP of JSON files, one per kind of data
 * (个人信息保护法 art. 45). Who took it is evidence, written before the first byte leaves.
 */
@Component
public class CustomerCopies {

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final PersonCard card;
  private final CustomerData data;
  private final ObjectProvider<HeldData> held;
  private final ObjectProvider<PackTexts> texts;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  CustomerCopies(
      JdbcClient jdbc,
      PersonCard card,
      CustomerData data,
      ObjectProvider<HeldData> held,
      ObjectProvider<PackTexts> texts,
      EvidenceLog evidence,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.card = card;
    this.data = data;
    this.held = held;
    this.texts = texts;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /**
   * Writes the copy, row by row.
   *
   * @param customerId the person, already found within the scope
   */
  public void write(long customerId, String branch, String actor, OutputStream out)
      throws IOException {
    transaction.executeWithoutResult(
        status ->
            evidence.append(
                new EvidenceEntry(
                    EvidenceKind.CUSTOMER_COPIED,
                    "customer:" + customerId,
                    customerId,
                    branch,
                    actor,
                    Map.of())));
    List<Long> records =
        jdbc.sql("select record from person_record where person = ? order by record")
            .param(customerId)
            .query(Long.class)
            .list();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      file(zip, "person", rows -> records.forEach(one -> rows.accept(card.of(one))));
      for (String name : data.names()) {
        file(zip, name, rows -> records.forEach(one -> data.of(name, one, rows)));
      }
      for (HeldData kind : held.orderedStream().toList()) {
        file(zip, kind.name(), rows -> records.forEach(one -> kind.of(one, rows)));
      }
      PackTexts sent = texts.getIfAvailable();
      if (sent != null) {
        file(zip, "message-texts", rows -> records.forEach(one -> write(sent, one, rows)));
      }
    }
  }

  private static void write(PackTexts sent, long customerId, Consumer<String> rows) {
    sent.ofCustomer(
        customerId,
        BranchScope.everywhere(),
        text ->
            rows.accept(
                json(
                    Map.of(
                        "messageId", text.messageId().toString(),
                        "subject", text.subject(),
                        "body", text.body()))));
  }

  private static void file(ZipOutputStream zip, String name, Consumer<Consumer<String>> rows)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".json"));
    String[] between = {"[\n"};
    try {
      rows.accept(
          row -> {
            put(zip, between[0] + row);
            between[0] = ",\n";
          });
      put(zip, between[0].startsWith("[") ? "[]" : "\n]");
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
    zip.closeEntry();
  }

  private static void put(ZipOutputStream zip, String text) {
    try {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String json(Map<String, ?> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
