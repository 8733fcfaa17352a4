package io.waymark.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.compliance.FindingLevel;
import io.waymark.compliance.review.OfficerReason;
import io.waymark.compliance.review.ReviewStage;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.security.Room;
import io.waymark.content.TemplateStatus;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.LegalStatus;
import io.waymark.customer.RiskTolerance;
import io.waymark.journey.JourneyStatus;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Pattern KEY = Pattern.compile("\\bt\\(\"([a-z0-9_.]+[a-z0-9_])\"");
  private static final Pattern INLINE =
      Pattern.compile("<script(?![^>]* src=)|\\son[a-z]+=|javascript:");

  @Test
  void every_text_a_page_names_is_in_the_bundle() throws IOException {
    Properties bundle = bundle();
    Set<String> missing = new TreeSet<>();
    for (Path page : pages()) {
      KEY.matcher(Files.readString(page))
          .results()
          .map(found -> found.group(1))
          .filter(key -> !bundle.containsKey(key))
          .forEach(missing::add);
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void no_text_is_written_twice() throws IOException {
    Set<String> seen = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    try (Stream<String> lines = Files.lines(RESOURCES.resolve("messages.properties"))) {
      lines
          .filter(line -> !line.startsWith("#") && line.contains("="))
          .map(line -> line.substring(0, line.indexOf('=')))
          .filter(key -> !seen.add(key))
          .forEach(twice::add);
    }

    assertThat(twice).as("one page would show the words of another").isEmpty();
  }

  @Test
  void every_closed_choice_has_its_word() throws IOException {
    Set<String> missing =
        new TreeSet<>(
            Stream.of(
                    Stream.of(Room.values()).map(Room::key),
                    Stream.of(Channel.values()).map(channel -> "channel." + channel.code()),
                    Stream.of(Purpose.values()).map(purpose -> "purpose." + purpose.code()),
                    Stream.of(LegalStatus.values()).map(status -> "legal." + lower(status)),
                    Stream.of(CustomerClass.values()).map(one -> "class." + lower(one)),
                    Stream.of(RiskTolerance.values()).map(level -> "risk." + lower(level)),
                    Stream.of(JourneyStatus.values()).map(status -> "journey." + status.code()),
                    Stream.of(TemplateStatus.values())
                        .map(status -> "template.status." + status.code()),
                    Stream.of(FindingLevel.values()).map(level -> "finding.level." + level.code()),
                    Stream.of(SubjectKind.values()).map(kind -> "review.kind." + kind.code()),
                    Stream.of(ReviewStatus.values())
                        .map(status -> "review.status." + status.code()),
                    Stream.of(ReviewStage.values()).map(stage -> "review.stage." + stage.code()),
                    Stream.of(OfficerReason.values())
                        .map(reason -> "review.reason." + reason.code()))
                .flatMap(keys -> keys)
                .toList());
    missing.removeAll(bundle().stringPropertyNames());

    assertThat(missing).isEmpty();
  }

  @Test
  void no_page_carries_a_script_of_its_own() throws IOException {
    for (Path page : pages()) {
      assertThat(INLINE.matcher(Files.readString(page)).find()).as(page.toString()).isFalse();
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static Properties bundle() throws IOException {
    Properties bundle = new Properties();
    try (Reader text =
        Files.newBufferedReader(RESOURCES.resolve("messages.properties"), StandardCharsets.UTF_8)) {
      bundle.load(text);
    }
    return bundle;
  }

  private static Iterable<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve("pages"))) {
      return files.sorted().toList();
    }
  }
}
