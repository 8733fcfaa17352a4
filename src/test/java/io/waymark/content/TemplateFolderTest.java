package io.waymark.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waymark.testing.DatabaseSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@DatabaseSlice("io.waymark.content")
class TemplateFolderTest {

  private static final String METADATA =
      "title: 示例\nchannel: sms\npurpose: service\nproductClass: none\nvariables: []\n";

  @TempDir Path folder;
  @Autowired Templates templates;

  @Test
  void unchanged_files_are_no_new_version_and_changed_ones_are_drafts() throws IOException {
    write("folder-one", METADATA, "【示例】甲");

    TemplateVersion first = load().get(0);
    assertThat(first.status()).isEqualTo(TemplateStatus.DRAFT);
    assertThat(load()).containsExactly(first);

    write("folder-one", METADATA, "【示例】乙");
    assertThat(load()).singleElement().extracting(TemplateVersion::version).isEqualTo(2);
  }

  @Test
  void a_bad_file_is_named_with_its_line_and_nothing_is_imported() throws IOException {
    write("folder-good", METADATA, "【示例】甲");
    write("folder-bad", METADATA, "第一行\n${customer.name}");
    write("folder-typo", METADATA + "chanel: sms\n", "【示例】甲");
    write("Folder_Name", METADATA, "【示例】甲");
    Files.writeString(folder.resolve("folder-alone.yaml"), METADATA);

    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(this::load)
        .satisfies(
            refused -> {
              assertThat(refused.problems())
                  .extracting(TemplateProblem::part)
                  .containsExactlyInAnyOrder(
                      "folder-bad", "folder-typo", "Folder_Name", "folder-alone");
              assertThat(refused).hasMessageContaining("第 2 行").hasMessageContaining("chanel");
            });
    assertThat(templates.versionsOf("folder-good")).isEmpty();
  }

  @Test
  void a_link_out_of_the_folder_is_refused(@TempDir Path elsewhere) throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("secret.ftl"), "不应读取");
    Files.writeString(folder.resolve("folder-link.yaml"), METADATA);
    Files.createSymbolicLink(folder.resolve("folder-link.ftl"), secret);

    assertThatExceptionOfType(TemplateRefusedException.class)
        .isThrownBy(this::load)
        .withMessageContaining("之外");
  }

  private List<TemplateVersion> load() {
    return new TemplateFolder(templates, folder.toUri().toString()).load("marketer");
  }

  private void write(String code, String metadata, String text) throws IOException {
    Files.writeString(folder.resolve(code + ".yaml"), metadata);
    Files.writeString(folder.resolve(code + ".ftl"), text);
  }
}
