package io.waymark.journey.gallery;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.waymark.customer.RiskTolerance;
import io.waymark.journey.rehearsal.Acts;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code <key>.rehearsal.yaml} beside a drawing on the shelf, as it is written; the ways
 * that the build walks are not read here.
 */
@JsonIgnoreProperties("ways")
record RehearsalNote(List<Kept> kept) {

  record Kept(String name, Somebody person, List<String> acts, List<String> expects) {

    GalleryRehearsal rehearsal() {
      return new GalleryRehearsal(
          name,
          person.person(),
          Acts.read(String.join("\n", acts)),
          expects.stream().map(Kept::expectation).toList());
    }

    private static Expectation expectation(String line) {
      String[] words = line.split(" ", 2);
      return new Expectation(Expectation.Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1]);
    }
  }

  /** Who agrees to everything and can be reached everywhere; assessed C3 unless said otherwise. */
  record Somebody(int age, @Nullable String level, @Nullable Map<String, String> tags) {

    Person person() {
      Person adult = Person.invented("");
      return new Person(
          null,
          adult.branch(),
          age,
          assessed(adult.level()),
          false,
          adult.agrees(),
          adult.reachable(),
          tags == null ? Map.of() : tags);
    }

    private @Nullable RiskTolerance assessed(@Nullable RiskTolerance otherwise) {
      if (level == null) {
        return otherwise;
      }
      return level.equals("none") ? null : RiskTolerance.valueOf(level);
    }
  }
}
