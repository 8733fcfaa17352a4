package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.gallery.Gallery;
import io.waymark.journey.gallery.GalleryJourney;
import io.waymark.journey.gallery.GalleryRehearsal;
import io.waymark.journey.rehearsal.RehearsalTheatre;
import io.waymark.journey.rehearsal.Scene;
import io.waymark.journey.rehearsal.Script;
import io.waymark.segment.Audiences;
import io.waymark.testing.HeldReviews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A journey of the gallery, live for the time of the test, walked as {@code
 * processes/gallery/<key>.rehearsal.yaml} says.
 */
abstract class GalleryWalk extends JourneyWalk {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Autowired private Gallery gallery;
  @Autowired private JourneyDeployments deployments;
  @Autowired private Audiences audiences;
  @Autowired private RehearsalTheatre theatre;

  GalleryWalk(String journey) {
    super(journey);
  }

  @BeforeAll
  void goesLive() {
    travellers.open();
    GalleryJourney shelved = gallery.find(journey()).orElseThrow();
    travellers.registry.declareMissing(
        shelved.tags().stream().map(tag -> tag.code()).toList(), "author");
    shelved.texts().forEach(text -> approved(text.metadata(), text.source()));
    shelved.audiences().forEach(audience -> audiences.save(audience, "author"));
    travellers.assessImpact(shelved.settings().entryAudience());
    deployments.deploy(journey(), shelved.files().bytes(), "author", List.of("marketer"));
    HeldReviews.approve(travellers.versions, travellers.versions.of(journey()).get(0));
  }

  /** In the theatre, where nobody is really contacted. */
  @TestFactory
  Stream<DynamicTest> each_rehearsal_that_comes_with_it_holds() {
    long version = travellers.versions.of(journey()).get(0).id();
    List<GalleryRehearsal> rehearsals = gallery.find(journey()).orElseThrow().rehearsals();
    assertThat(rehearsals).isNotEmpty();
    return rehearsals.stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> holds(one, version)));
  }

  private void holds(GalleryRehearsal rehearsal, long version) {
    travellers.clock.reset();
    Scene scene =
        theatre.play(
            Script.of(version),
            rehearsal.personOf(Travellers.BRANCH),
            travellers.clock.instant(),
            rehearsal.acts());
    assertThat(rehearsal.expectations())
        .allSatisfy(expected -> assertThat(expected.unmet(scene)).isEmpty());
  }

  private void approved(TemplateMetadata metadata, String source) {
    TemplateVersion version = travellers.templates.draft(metadata, source, "author");
    if (version.status() != TemplateStatus.APPROVED) {
      HeldReviews.approve(travellers.templates, version);
    }
  }

  /** Nobody of another test is to enter it. */
  @AfterAll
  void closesItsDoor() {
    JourneyVersion live = travellers.versions.live(journey()).orElseThrow();
    travellers.versions.pause(live.id(), "author");
  }

  @TestFactory
  Stream<DynamicTest> each_way_of_its_rehearsal_is_walked() throws IOException {
    Map<String, List<Map<String, Object>>> file =
        YAML.readValue(
            Path.of("processes", "gallery", journey() + ".rehearsal.yaml").toFile(),
            new TypeReference<>() {});
    List<Map<String, Object>> ways = file.get("ways");
    assertThat(ways).isNotEmpty();
    return ways.stream()
        .map(
            way ->
                DynamicTest.dynamicTest(
                    String.valueOf(way.get("name")),
                    () -> {
                      travellers.clock.reset();
                      new RehearsedWay(travellers, journey(), way).walk();
                    }));
  }
}
