package io.waymark.journey.gallery;

import io.waymark.journey.rehearsal.Act;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.Person;
import java.util.List;

/**
 * A rehearsal that comes with a ready journey.
 *
 * @param person an invented customer, in no branch of the broker's yet
 * @param acts what happens to him after he has entered
 * @param expectations what must be true then
 */
public record GalleryRehearsal(
    String name, Person person, List<Act> acts, List<Expectation> expectations) {

  public GalleryRehearsal {
    acts = List.copyOf(acts);
    expectations = List.copyOf(expectations);
  }

  /** The same customer in a branch of the broker's. */
  public Person personOf(String branch) {
    return new Person(
        null,
        branch,
        person.age(),
        person.level(),
        person.assessmentExpired(),
        person.agrees(),
        person.reachable(),
        person.tags());
  }
}
