package io.waymark.evidence.pack;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceSealer;
import io.waymark.evidence.anchor.Anchor;
import io.waymark.evidence.anchor.EvidenceAnchors;
import io.waymark.evidence.anchor.InclusionProofs;
import io.waymark.evidence.anchor.Merkle;
import io.waymark.evidence.anchor.SigningKey;
import io.waymark.evidence.anchor.SigningKeys;
import io.waymark.platform.staff.BranchScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes evidence packs. Everything that happened up to now is sealed and anchored first, so that a
 * pack needs nothing from afterwards; the export itself is evidence.
 */
@Component
public class EvidencePacks {

  private static final int SEAL_AT_ONCE = 2_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build();
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.of("Asia/Shanghai"));

  private final EvidenceSealer sealer;
  private final EvidenceAnchors anchors;
  private final SigningKeys keys;
  private final PackRows rows;
  private final ObjectProvider<PackTexts> texts;
  private final PackReport report;
  private final EvidenceLog log;
  private final JdbcClient jdbc;
  private final TransactionTemplate reading;
  private final TransactionTemplate writing;
  private final Clock clock;

  EvidencePacks(
      EvidenceSealer sealer,
      EvidenceAnchors anchors,
      SigningKeys keys,
      PackRows rows,
      ObjectProvider<PackTexts> texts,
      PackReport report,
      EvidenceLog log,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Clock clock) {
    this.sealer = sealer;
    this.anchors = anchors;
    this.keys = keys;
    this.rows = rows;
    this.texts = texts;
    this.report = report;
    this.log = log;
    this.jdbc = jdbc;
    this.reading =
        new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
    this.reading.setReadOnly(true);
    this.reading.setIsolationLevel(Isolation.REPEATABLE_READ.value());
    this.writing = transaction;
    this.clock = clock;
  }

  /**
   * Makes a pack. Must not be called inside a transaction.
   *
   * @param scope what the officer may see; rows of other branches are not in the pack
   * @throws PackRefusedException when no signing key is configured, or there is no row
   */
  @Transactional(propagation = Propagation.NEVER)
  public EvidencePack make(PackSubject subject, BranchScope scope, String officer) {
    SigningKey key =
        keys.key()
            .orElseThrow(
                () ->
                    new PackRefusedException(
                        "未配置证据签名密钥，不能导出证据包。请管理员设置 waymark.evidence.signing-key 后再试。"));
    sealEverything();
    anchors.anchorNow();
    Anchor last = anchors.last().orElseThrow(() -> new PackRefusedException("还没有任何证据，无法导出。"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      Path file = Files.createTempFile("waymark-evidence-", ".zip");
      try {
        Made made = write(file, subject, scope, officer, key, last, now);
        prove(subject, officer, made);
        return new EvidencePack(
            file,
            "evidence-"
                + subject.code().replaceAll("[^A-Za-z0-9_-]", "-")
                + "-"
                + STAMP.format(now)
                + ".zip",
            made.rows,
            made.manifestHash);
      } catch (IOException | RuntimeException failure) {
        Files.deleteIfExists(file);
        throw failure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("证据包无法写入临时目录。", e);
    }
  }

  private record Made(long rows, String manifestHash, long lastAnchor) {}

  private void sealEverything() {
    while (sealer.sealNext(SEAL_AT_ONCE) == SEAL_AT_ONCE) {
      // Until the sealer has caught up; another node that seals does the same.
    }
  }

  private Made write(
      Path file,
      PackSubject subject,
      BranchScope scope,
      String officer,
      SigningKey key,
      Anchor last,
      Instant now)
      throws IOException {
    try (PackFile pack = new PackFile(Files.newOutputStream(file))) {
      PackSummary summary = new PackSummary();
      pack.add(
          "rows.jsonl", out -> inSnapshot(() -> writeRows(out, subject, scope, last, summary)));
      if (summary.rows() == 0) {
        throw new PackRefusedException("没有可导出的证据：请检查对象、时间范围和您的营业部范围。");
      }
      if (subject instanceof PackSubject.OfCustomer customer) {
        texts.ifAvailable(source -> writeTexts(pack, source, customer, scope));
      }
      List<Anchor> under = anchors.between(summary.anchors().first(), last.number());
      writeAnchors(pack, under);
      pack.add("report.pdf", out -> report.write(out, subject, officer, now, key, summary, under));
      pack.add("Verify.java", resource("Verify.java"));
      pack.add("README.txt", resource("README.txt"));
      byte[] manifest = manifest(pack, subject, summary, officer, now, key);
      pack.add("manifest.txt", manifest);
      pack.add("manifest.sig", Base64.getEncoder().encodeToString(key.sign(manifest)));
      return new Made(summary.rows(), PackFile.sha256(manifest), last.number());
    }
  }

  private static byte[] manifest(
      PackFile pack,
      PackSubject subject,
      PackSummary summary,
      String officer,
      Instant now,
      SigningKey key) {
    String head =
        """
        waymark-evidence-pack: 1
        subject: %s
        rows: %d
        made-at: %s
        made-by: %s
        key: %s

        """
            .formatted(subject.code(), summary.rows(), now, officer, key.id());
    return (head + pack.manifest()).getBytes(StandardCharsets.UTF_8);
  }

  private void writeRows(
      OutputStream out, PackSubject subject, BranchScope scope, Anchor last, PackSummary summary) {
    InclusionProofs proofs = new InclusionProofs(jdbc);
    try (Stream<PackRows.PackRow> all = rows.of(subject, scope, last.lastSeal())) {
      for (Iterator<PackRows.PackRow> each = all.iterator(); each.hasNext(); ) {
        PackRows.PackRow row = each.next();
        InclusionProofs.Proof proof =
            proofs
                .of(row.seal())
                .orElseThrow(
                    () -> new IllegalStateException("link under no anchor: " + row.seal()));
        writeRow(out, row, proof);
        summary.add(row, proof.anchorNumber());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeRow(OutputStream out, PackRows.PackRow row, InclusionProofs.Proof proof)
      throws IOException {
    HexFormat hex = HexFormat.of();
    try (JsonGenerator json = JSON.getFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("seal", row.seal());
      json.writeNumberField("id", row.id());
      json.writeNumberField(
          "micros", ChronoUnit.MICROS.between(Instant.EPOCH, row.at().toInstant()));
      json.writeStringField("kind", row.kind());
      json.writeStringField("subject", row.subject());
      Long customer = row.customerId();
      json.writeStringField("customer", customer == null ? null : customer.toString());
      json.writeStringField("branch", row.branch());
      json.writeStringField("actor", row.actor());
      json.writeStringField("facts", row.facts());
      json.writeStringField("previous", hex.formatHex(proof.previous()));
      json.writeStringField("hash", hex.formatHex(row.hash()));
      json.writeNumberField("anchor", proof.anchorNumber());
      json.writeArrayFieldStart("path");
      for (Merkle.Step step : proof.path()) {
        json.writeString((step.left() ? "L" : "R") + hex.formatHex(step.hash()));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void writeTexts(
      PackFile pack, PackTexts source, PackSubject.OfCustomer customer, BranchScope scope) {
    source.ofCustomer(
        customer.customerId(),
        scope,
        text -> {
          try {
            pack.add("texts/" + text.messageId() + ".subject.txt", text.subject());
            pack.add("texts/" + text.messageId() + ".body.txt", text.body());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void writeAnchors(PackFile pack, List<Anchor> under) throws IOException {
    Set<String> signedWith = new LinkedHashSet<>();
    for (Anchor anchor : under) {
      String name = "anchors/%08d".formatted(anchor.number());
      pack.add(name + ".txt", anchor.statement());
      pack.add(name + ".sig", Base64.getEncoder().encodeToString(anchor.signature()));
      byte[] token = anchor.timestampToken();
      if (token != null) {
        pack.add(name + ".tst", token);
      }
      signedWith.add(anchor.keyId());
    }
    keys.key().ifPresent(key -> signedWith.add(key.id()));
    for (String id : signedWith) {
      byte[] open =
          anchors
              .publicKey(id)
              .or(() -> keys.key().filter(key -> key.id().equals(id)).map(SigningKey::publicKey))
              .orElseThrow(() -> new IllegalStateException("no public key " + id));
      pack.add("keys/" + id + ".pem", SigningKey.pem(open));
    }
  }

  private void prove(PackSubject subject, String officer, Made made) {
    Long customer = subject instanceof PackSubject.OfCustomer one ? (Long) one.customerId() : null;
    String branch = subject instanceof PackSubject.OfCustomer one ? one.branch() : null;
    Map<String, Object> facts = new HashMap<>();
    facts.put("what", "evidence_pack");
    facts.put("rows", made.rows);
    facts.put("manifest", made.manifestHash);
    facts.put("anchor", made.lastAnchor);
    if (subject instanceof PackSubject.OfJourney journey) {
      facts.put("journey", journey.key());
    }
    writing.executeWithoutResult(
        status ->
            log.append(
                new EvidenceEntry(
                    EvidenceKind.EVIDENCE_EXPORTED,
                    subject.code(),
                    customer,
                    branch,
                    officer,
                    facts)));
  }

  private void inSnapshot(Runnable work) {
    reading.executeWithoutResult(status -> work.run());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = new ClassPathResource("evidence-pack/" + name).getInputStream()) {
      return in.readAllBytes();
    }
  }
}
