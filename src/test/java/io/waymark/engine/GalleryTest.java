package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.event.EventTypes;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.check.DrawingChecks;
import io.waymark.journey.check.Finding;
import io.waymark.journey.check.Severity;
import io.waymark.journey.drawing.Drawing;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.gallery.Gallery;
import io.waymark.journey.gallery.GalleryCopy;
import io.waymark.journey.gallery.GalleryJourney;
import io.waymark.journey.gallery.GalleryRehearsal;
import io.waymark.journey.rehearsal.Expectation;
import io.waymark.journey.rehearsal.JourneyTest;
import io.waymark.journey.rehearsal.JourneyTests;
import io.waymark.segment.Audience;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.HeldReviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What lies on the shelf, and what one click makes of it. */
@WithTravellers
class GalleryTest {

  @Autowired Gallery gallery;
  @Autowired JourneyTests tests;
  @Autowired Drawings drawings;
  @Autowired DrawingChecks checks;
  @Autowired JourneyVersions versions;
  @Autowired Templates templates;
  @Autowired Audiences audiences;
  @Autowired EventTypes events;
  @Autowired TagRegistry tags;
  @Autowired Travellers travellers;

  private final String author = "shelf-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void at_least_twelve_journeys_say_when_to_use_them_and_what_not_to_use_them_for() {
    assertThat(gallery.all()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(gallery.all())
        .allSatisfy(
            one -> {
              assertThat(one.summary()).isNotBlank();
              assertThat(one.enters()).containsPattern("\\p{IsHan}");
              assertThat(one.when()).isNotEmpty();
              assertThat(one.needs()).isNotEmpty();
              assertThat(one.expect()).isNotEmpty();
              assertThat(one.notFor()).isNotEmpty();
            });
  }

  @Test
  void none_of_them_is_deployed_by_the_start() {
    assertThat(versions.all())
        .noneMatch(
            version ->
                gallery.find(version.key()).isPresent() && version.author().equals("folder"));
  }

  @Test
  void each_brings_every_text_audience_event_and_tag_it_asks_for() {
    travellers.open();
    for (GalleryJourney journey : gallery.all()) {
      GalleryCopy copy = gallery.use(journey.key(), author);
      DrawingFiles files = files(copy);

      assertThat(drawings.find(copy.drawing()).orElseThrow())
          .satisfies(
              drawing -> {
                assertThat(drawing.author()).isEqualTo(author);
                assertThat(drawing.origin()).isEqualTo(DrawingOrigin.GALLERY);
              });
      assertThat(files.drawingName()).isEqualTo(copy.key() + ".bpmn");
      assertThat(journey.templates())
          .map(code -> copy.renamed().getOrDefault(code, code))
          .allSatisfy(
              code -> {
                assertThat(files.drawing()).contains("value=\"" + code + "\"");
                assertThat(templates.versionsOf(code)).as(code).isNotEmpty();
              });
      assertThat(journey.audiences())
          .allMatch(
              audience ->
                  audiences
                      .find(copy.renamed().getOrDefault(audience.code(), audience.code()))
                      .isPresent());
      assertThat(journey.events()).allMatch(type -> events.find(type.code()).isPresent());
      assertThat(journey.tags()).allMatch(tag -> tags.find(tag.code()).isPresent());
      assertThat(tests.of(copy.key()))
          .extracting(JourneyTest::name)
          .containsExactlyInAnyOrderElementsOf(
              journey.rehearsals().stream().map(GalleryRehearsal::name).toList());
    }
  }

  /** The texts a person has had approved first, as the page tells him to. */
  @Test
  void a_copy_whose_texts_are_approved_passes_every_check() {
    travellers.open();
    List<String> wrong = new ArrayList<>();
    for (GalleryJourney journey : gallery.all()) {
      GalleryCopy copy = gallery.use(journey.key(), author);
      journey
          .texts()
          .forEach(
              text -> {
                String code = text.metadata().code();
                approve(copy.renamed().getOrDefault(code, code));
              });
      if (journey.settings().entryAudience() != null) {
        String code = journey.settings().entryAudience();
        travellers.assessImpact(copy.renamed().getOrDefault(code, code));
      }
      for (Finding finding : checks.check(files(copy).bytes())) {
        if (finding.severity() != Severity.HINT) {
          wrong.add(
              "%s %s %s: %s"
                  .formatted(journey.key(), finding.rule(), finding.element(), finding.why()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void approve(String code) {
    TemplateVersion latest = templates.versionsOf(code).get(0);
    if (latest.status() != TemplateStatus.APPROVED) {
      HeldReviews.approve(templates, latest);
    }
  }

  @Test
  void a_second_copy_uses_equal_texts_and_audiences_and_is_a_journey_of_its_own() {
    GalleryCopy first = gallery.use("holding-review", author);
    int texts = templates.latest("holding-nudge-inapp");
    int revision = audiences.find("advisory-signed").orElseThrow().revision();

    GalleryCopy second = gallery.use("holding-review", "somebody-else");

    assertThat(second.key()).isNotEqualTo(first.key()).startsWith("holding-review-");
    assertThat(second.name()).startsWith("季度持仓复盘 ");
    assertThat(second.renamed()).isEqualTo(first.renamed());
    assertThat(templates.latest("holding-nudge-inapp")).isEqualTo(texts);
    assertThat(audiences.find("advisory-signed").orElseThrow().revision()).isEqualTo(revision);
    assertThat(files(second).drawing())
        .contains("<bpmn:process id=\"" + second.key() + "\" name=\"" + second.name() + "\"")
        .contains("bpmnElement=\"" + second.key() + "\"");
  }

  @Test
  void what_a_broker_has_under_the_same_code_is_not_changed() {
    GalleryJourney journey = gallery.find("tier-upgrade").orElseThrow();
    AudienceDraft shipped = journey.audiences().get(0);
    Audience own =
        audiences.save(
            new AudienceDraft(
                shipped.code(), "本公司的A类", "tag service_tier = 'B'", shipped.purpose(), null),
            "somebody");

    GalleryCopy copy = gallery.use(journey.key(), author);

    assertThat(audiences.find(shipped.code())).hasValue(own);
    String code = copy.renamed().get(shipped.code());
    assertThat(code).startsWith(shipped.code() + "-");
    assertThat(audiences.find(code).orElseThrow().rule()).isEqualTo(shipped.rule());
    assertThat(files(copy).drawing())
        .contains("<camunda:property name=\"entryAudience\" value=\"" + code + "\"");
  }

  @Test
  void a_text_somebody_changed_stays_and_the_copy_brings_its_own() {
    String code = "dormant-ask-sms";
    GalleryJourney journey = gallery.find("dormant-reasons").orElseThrow();
    gallery.use(journey.key(), author);
    TemplateVersion shelved = templates.versionsOf(code).get(0);
    TemplateVersion changed =
        templates.draft(
            shelved.metadata(), shelved.source().replace("希望您一切都好", "近来可好"), "somebody");

    GalleryCopy copy = gallery.use(journey.key(), author);

    assertThat(templates.versionsOf(code).get(0)).isEqualTo(changed);
    assertThat(copy.renamed()).containsKey(code);
    TemplateVersion own = templates.versionsOf(copy.renamed().get(code)).get(0);
    assertThat(own.source()).isEqualTo(shelved.source());
    assertThat(own.author()).isEqualTo(author);
    assertThat(tests.of(copy.key()))
        .flatExtracting(JourneyTest::expectations)
        .extracting(Expectation::value)
        .contains(own.code())
        .doesNotContain(code);
    assertThat(files(copy).drawing()).contains("value=\"" + own.code() + "\"");
    assertThat(Map.copyOf(copy.renamed())).doesNotContainKey("winback-review-email");
  }

  private DrawingFiles files(GalleryCopy copy) {
    Drawing drawing = drawings.find(copy.drawing()).orElseThrow();
    return drawings.files(drawing.id(), drawing.revision()).orElseThrow();
  }
}
