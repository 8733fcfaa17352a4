package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.journey.drawing.DrawingFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.web.multipart.MultipartFile;

/** Journeys as files: loose, or in a ZIP that may be anything. */
class HandedFilesTest {

  @Test
  void what_goes_out_as_a_zip_comes_back_the_same() throws IOException {
    DrawingFiles files =
        new DrawingFiles(Map.of("关怀.bpmn", "<a name='中秋'/>", "t.dmn", "<b/>", "f.form", "{}"));

    assertThat(HandedFiles.read(List.of(file("x.zip", HandedFiles.zip(files))))).isEqualTo(files);
  }

  @Test
  void folders_are_left_out_and_endings_read_whatever_their_case() throws IOException {
    DrawingFiles read =
        HandedFiles.read(
            List.of(
                file("C:\\journeys\\care.BPMN", bytes("<a/>")),
                file("x.zip", zip("deep/er/t.dmn", bytes("<b/>")))));

    assertThat(read.texts()).containsOnlyKeys("care.bpmn", "t.dmn");
  }

  @Test
  void a_zip_that_unpacks_to_too_much_is_refused_before_it_is_all_there() throws IOException {
    byte[] bomb = zip("a.bpmn", new byte[64 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(1024 * 1024);

    assertThatThrownBy(() -> HandedFiles.read(List.of(file("x.zip", bomb))))
        .hasMessageContaining("2 MB");
  }

  @Test
  void two_files_of_one_name_and_what_is_no_zip_are_refused() throws IOException {
    byte[] twice = zip("a/t.bpmn", bytes("<a/>"));

    assertThatThrownBy(
            () -> HandedFiles.read(List.of(file("t.bpmn", bytes("<b/>")), file("x.zip", twice))))
        .hasMessageContaining("t.bpmn");
    assertThatThrownBy(() -> HandedFiles.read(List.of(file("x.zip", bytes("no zip")))))
        .hasMessageContaining(".bpmn");
  }

  @Test
  void a_drawing_is_called_as_its_process_is() {
    String named = "<bpmn:process id=\"care\" name=\"中秋关怀\" isExecutable=\"true\">";

    assertThat(HandedFiles.title(new DrawingFiles(Map.of("care.bpmn", named)))).isEqualTo("中秋关怀");
    assertThat(HandedFiles.title(new DrawingFiles(Map.of("care.bpmn", "<a/>")))).isEqualTo("care");
  }

  private static MultipartFile file(String name, byte[] content) {
    return new MockMultipartFile("files", name, null, content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }
}
