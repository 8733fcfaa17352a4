package io.waymark.journey.gallery;

import io.waymark.content.TemplateFile;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.JourneyTests;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.Audience;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The ready journeys and the one click that makes a marketer's own copy of one (requirement C2:
 * 营销模板库).
 *
 * <p>A copy is a drawing, drafts of its texts, its audiences, its rehearsals as journey tests, and
 * declarations of the events and tags nobody has declared. Equal things that exist are used as they
 * are; under a code that means something else already, the copy gets the next free code, in the
 * drawing too.
 */
@Component
public class Gallery {

  private static final int DRAWINGS_LOOKED_AT = 200;

  private final GalleryShelf shelf;
  private final Drawings drawings;
  private final JourneyVersions versions;
  private final Templates templates;
  private final Audiences audiences;
  private final EventTypes events;
  private final TagRegistry tags;
  private final JourneyTests tests;
  private final StaffDirectory staff;
  private final Branches branches;

  Gallery(
      GalleryShelf shelf,
      Drawings drawings,
      JourneyVersions versions,
      Templates templates,
      Audiences audiences,
      EventTypes events,
      TagRegistry tags,
      JourneyTests tests,
      StaffDirectory staff,
      Branches branches) {
    this.shelf = shelf;
    this.drawings = drawings;
    this.versions = versions;
    this.templates = templates;
    this.audiences = audiences;
    this.events = events;
    this.tags = tags;
    this.tests = tests;
    this.staff = staff;
    this.branches = branches;
  }

  /** Every ready journey, by stage and key. */
  public List<GalleryJourney> all() {
    return shelf.journeys();
  }

  /** The ready journey with this key. */
  public Optional<GalleryJourney> find(String key) {
    return all().stream().filter(one -> one.key().equals(key)).findFirst();
  }

  /**
   * Makes a copy under this person's name; all of it or nothing.
   *
   * @param author user name
   * @throws java.util.NoSuchElementException when there is no such journey
   */
  @Transactional
  public GalleryCopy use(String key, String author) {
    GalleryJourney journey = find(key).orElseThrow();
    declare(journey, author);
    Map<String, String> renamed = new TreeMap<>();
    for (AudienceDraft audience : journey.audiences()) {
      note(renamed, audience.code(), own(audience, author));
    }
    for (TemplateFile text : journey.texts()) {
      note(renamed, text.metadata().code(), own(text, author));
    }
    List<GalleryDrawing> others = drawn(journey.name());
    int number =
        free(
            at -> {
              String candidate = numbered(journey.key(), at);
              return versions.of(candidate).isEmpty()
                  && others.stream().noneMatch(other -> other.key().equals(candidate));
            });
    String ownKey = numbered(journey.key(), number);
    String name = number == 1 ? journey.name() : journey.name() + " " + number;
    DrawingFiles files = CopiedDrawing.of(journey, ownKey, name, renamed);
    keepTests(journey, ownKey, renamed, author);
    return new GalleryCopy(
        drawings.create(name, files, DrawingOrigin.GALLERY, author), ownKey, name, renamed);
  }

  /** Its rehearsals guard the copy: no version of it goes live of which they do not hold. */
  private void keepTests(
      GalleryJourney journey, String ownKey, Map<String, String> renamed, String author) {
    String branch =
        staff
            .find(author)
            .map(StaffMember::branch)
            .or(() -> branches.all().stream().findFirst().map(Branch::code))
            .orElse("");
    for (GalleryRehearsal rehearsal : journey.rehearsals()) {
      tests.keep(
          ownKey,
          rehearsal.name(),
          rehearsal.personOf(branch),
          rehearsal.acts(),
          rehearsal.expectations().stream().map(one -> inOwnCodes(one, renamed)).toList(),
          author);
    }
  }

  private static Expectation inOwnCodes(Expectation one, Map<String, String> renamed) {
    return switch (one.kind()) {
      case GOT, NOT_GOT ->
          new Expectation(one.kind(), renamed.getOrDefault(one.value(), one.value()));
      default -> one;
    };
  }

  private void declare(GalleryJourney journey, String author) {
    journey.events().stream()
        .filter(type -> events.find(type.code()).isEmpty())
        .forEach(type -> events.save(type, author));
    journey.tags().stream()
        .filter(tag -> tags.find(tag.code()).isEmpty())
        .forEach(tag -> tags.save(tag, author));
  }

  private static void note(Map<String, String> renamed, String old, String own) {
    if (!old.equals(own)) {
      renamed.put(old, own);
    }
  }

  /** The code under which the broker has, or from now on has, exactly this audience. */
  private String own(AudienceDraft draft, String author) {
    int number =
        free(
            at ->
                audiences
                    .find(numbered(draft.code(), at))
                    .map(known -> same(known, draft))
                    .orElse(true));
    String code = numbered(draft.code(), number);
    if (audiences.find(code).isEmpty()) {
      audiences.save(
          new AudienceDraft(code, draft.name(), draft.rule(), draft.purpose(), null), author);
    }
    return code;
  }

  private static boolean same(Audience known, AudienceDraft draft) {
    return known.rule().strip().equals(draft.rule()) && known.purpose() == draft.purpose();
  }

  /** The code under which the broker has, or from now on has as a draft, exactly this text. */
  private String own(TemplateFile text, String author) {
    int number =
        free(
            at ->
                templates.versionsOf(numbered(text.metadata().code(), at)).stream()
                    .findFirst()
                    .map(latest -> same(latest, text.as(latest.code())))
                    .orElse(true));
    TemplateFile own = text.as(numbered(text.metadata().code(), number));
    templates.draft(own.metadata(), own.source(), author);
    return own.metadata().code();
  }

  private static boolean same(TemplateVersion latest, TemplateFile text) {
    return latest.source().equals(text.source()) && latest.metadata().equals(text.metadata());
  }

  /** What is being drawn under this name, or this name and a number. */
  private List<GalleryDrawing> drawn(String name) {
    return drawings.page(name, null, 0, DRAWINGS_LOOKED_AT).stream()
        .filter(drawing -> drawing.name().matches("\\Q" + name + "\\E( \\d+)?"))
        .map(this::newest)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<GalleryDrawing> newest(Drawing drawing) {
    return drawings
        .files(drawing.id(), drawing.revision())
        .flatMap(files -> GalleryDrawing.readable(files.drawing()));
  }

  private static int free(Predicate<Integer> number) {
    return IntStream.iterate(1, at -> at + 1).boxed().filter(number).findFirst().orElseThrow();
  }

  private static String numbered(String code, int number) {
    return number == 1 ? code : code + "-" + number;
  }
}
