package io.waymark.evidence.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.evidence.EvidenceRow;
import io.waymark.evidence.EvidenceVerifier;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.staff.BranchScope;
import io.waymark.testing.DatabaseSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A pack is checked by the program inside it, with a Java of its own and nothing of Waymark. */
@DatabaseSlice
class EvidencePacksTest {

  private static final String OFFICER = "pack-officer";

  @Autowired EvidenceLog log;
  @Autowired EvidencePacks packs;
  @Autowired EvidenceVerifier verifier;
  @Autowired CustomerVault vault;
  @Autowired TransactionTemplate transaction;
  @Autowired Clock clock;
  @TempDir Path folder;

  private final long customer = ThreadLocalRandom.current().nextLong(1L << 60);

  @Test
  void a_customers_pack_is_verified_without_waymark() throws Exception {
    append(5);
    append(3);

    EvidencePack pack = customerPack();

    assertThat(pack.rows()).isEqualTo(8);
    Checked checked = check(pack.file());
    assertThat(checked.output).contains("核验通过：证据 8 条");
    assertThat(checked.code).isZero();
    assertThat(Files.size(pack.file())).isPositive();
  }

  @Test
  void the_report_brings_its_letters_along_so_that_every_name_can_be_read() throws Exception {
    append(1);

    try (FileSystem zip = FileSystems.newFileSystem(customerPack().file());
        PdfReader report = new PdfReader(Files.readAllBytes(zip.getPath("report.pdf")))) {
      assertThat(new PdfTextExtractor(report).getTextFromPage(1)).contains("证据报告", "按类别统计");
      assertThat(fontFiles(report)).isPositive();
    }
  }

  /** How many fonts the file carries itself. */
  private static int fontFiles(PdfReader report) {
    int fonts = 0;
    for (int i = 0; i < report.getXrefSize(); i++) {
      if (report.getPdfObject(i) instanceof PdfDictionary dictionary
          && (dictionary.contains(PdfName.FONTFILE2) || dictionary.contains(PdfName.FONTFILE3))) {
        fonts++;
      }
    }
    return fonts;
  }

  @Test
  void only_rows_of_the_customer_are_in_it() throws Exception {
    append(2);
    long other = customer + 1;
    transaction.executeWithoutResult(status -> log.append(entry(other, Map.of("code", "secret"))));
    append(1);

    try (FileSystem zip = FileSystems.newFileSystem(customerPack().file())) {
      assertThat(Files.readString(zip.getPath("rows.jsonl")))
          .contains("\"customer\":\"" + customer + "\"")
          .doesNotContain(String.valueOf(other))
          .doesNotContain("secret");
    }
  }

  @Test
  void any_changed_byte_of_any_file_is_found() throws Exception {
    append(4);
    Path unpacked = unpack(customerPack().file());
    assertThat(check(unpacked).code).isZero();
    List<Path> files;
    try (Stream<Path> all = Files.walk(unpacked)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Random random = new Random(7);
    for (Path file : files) {
      // Verify.java changed might say anything; the one outside the pack is used here.
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      int at = random.nextInt(Math.max(1, bad.length - 2));
      bad[at] ^= (byte) (1 << random.nextInt(7));
      Files.write(file, bad);
      Checked checked = check(unpacked);
      assertThat(checked.code).as("%s byte %d: %s", file, at, checked.output).isEqualTo(1);
      assertThat(checked.output).contains("核验失败");
      Files.write(file, good);
    }
  }

  @Test
  void a_row_forged_together_with_the_list_of_contents_is_found_too() throws Exception {
    append(2);
    Path unpacked = unpack(customerPack().file());
    Path rows = unpacked.resolve("rows.jsonl");
    String before = PackFile.sha256(Files.readAllBytes(rows));
    Files.writeString(rows, Files.readString(rows).replace("a2", "a3"));
    Path manifest = unpacked.resolve("manifest.txt");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace(before, PackFile.sha256(Files.readAllBytes(rows))));

    assertThat(check(unpacked).output).contains("清单 manifest.txt 的签名无效");
  }

  @Test
  void a_key_other_than_the_published_one_is_refused() throws Exception {
    append(1);
    Path file = customerPack().file();

    assertThat(check(file, "00ff").output).contains("不是您给出的公钥");
  }

  @Test
  void a_journeys_pack_holds_what_was_sent_and_what_was_not() throws Exception {
    String journey = "pack-" + customer;
    transaction.executeWithoutResult(
        status ->
            log.appendAll(
                List.of(
                    entry(customer, Map.of("journey", journey, "verdict", "withheld")),
                    entry(customer, Map.of("journey", "another")),
                    new EvidenceEntry(
                        EvidenceKind.JOURNEY_APPROVED,
                        "journey:1",
                        null,
                        null,
                        "officer",
                        Map.of("journey", journey)))));
    var subject =
        new PackSubject.OfJourney(
            journey,
            "测试旅程",
            clock.instant().minus(Duration.ofDays(1)),
            clock.instant().plus(Duration.ofDays(1)));

    EvidencePack pack = packs.make(subject, BranchScope.everywhere(), OFFICER);
    assertThat(pack.rows()).isEqualTo(2);
    assertThat(check(pack.file()).code).isZero();
    Path elsewhere = packs.make(subject, BranchScope.of("ELSEWHERE"), OFFICER).file();
    try (FileSystem zip = FileSystems.newFileSystem(elsewhere)) {
      assertThat(Files.readString(zip.getPath("rows.jsonl")))
          .as("what belongs to no branch, and nothing of a branch not covered")
          .contains("journey_approved")
          .doesNotContain("withheld");
    }
  }

  @Test
  void an_export_is_itself_evidence_and_nothing_is_exported_of_another_branch() {
    append(1);
    EvidencePack pack = customerPack();

    assertThat(log.ofCustomer(customer))
        .filteredOn(row -> row.kind() == EvidenceKind.EVIDENCE_EXPORTED)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.actor()).isEqualTo(OFFICER);
              assertThat(row.facts()).containsEntry("manifest", pack.manifestHash());
            });
    assertThatThrownBy(
            () ->
                packs.make(
                    new PackSubject.OfCustomer(customer, "P1", "SH01"),
                    BranchScope.of("ELSEWHERE"),
                    OFFICER))
        .isInstanceOf(PackRefusedException.class);
  }

  @Test
  void after_erasure_the_chain_and_the_pack_still_verify() throws Exception {
    transaction.executeWithoutResult(status -> vault.seal(customer, "王小明"));
    append(2);
    vault.destroyKey(customer, "SH01", "test");

    assertThat(verifier.verify().brokenAt()).isNull();
    EvidencePack pack = customerPack();
    assertThat(check(pack.file()).code).isZero();
    assertThat(log.ofCustomer(customer))
        .extracting(EvidenceRow::kind)
        .contains(EvidenceKind.CUSTOMER_ERASED);
  }

  private EvidencePack customerPack() {
    return packs.make(
        new PackSubject.OfCustomer(customer, "P" + customer, "SH01"),
        BranchScope.of("SH01"),
        OFFICER);
  }

  private record Checked(int code, String output) {}

  private Checked check(Path pack, String... fingerprint) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dfile.encoding=UTF-8");
    command.add("src/main/resources/evidence-pack/Verify.java");
    command.add(pack.toString());
    command.addAll(List.of(fingerprint));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Checked(process.waitFor(), output);
  }

  private Path unpack(Path file) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file);
        Stream<Path> all = Files.walk(zip.getPath("/"))) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(one.toString().substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(one, target);
      }
    }
    return folder;
  }

  private void append(int rows) {
    transaction.executeWithoutResult(
        status -> {
          for (int i = 0; i < rows; i++) {
            log.append(entry(customer, Map.of("code", "a2", "words", "引号\"与\\反斜线\n换行")));
          }
        });
  }

  private static EvidenceEntry entry(long customer, Map<String, ?> facts) {
    return new EvidenceEntry(
        EvidenceKind.VERDICT, "message:" + customer, customer, "SH01", "system", facts);
  }
}
