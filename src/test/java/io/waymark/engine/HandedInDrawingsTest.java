package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.journey.drawing.DrawingOrigin;
import io.waymark.journey.drawing.DrawingRefusedException;
import io.waymark.journey.drawing.DrawingRevision;
import io.waymark.journey.drawing.Drawings;
import io.waymark.journey.drawing.RevisionCause;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A revision that became a version is kept for good, proved, and was the newest when it did. */
@WithTravellers
class HandedInDrawingsTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired Drawings drawings;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  private static DrawingFiles files(int version) {
    return new DrawingFiles(Map.of("care.bpmn", "<a n='" + version + "'/>"));
  }

  private void handIn(long drawing, int revision, JourneyVersion version) {
    transaction.executeWithoutResult(
        status -> drawings.submitted(drawing, revision, version.id(), "mei"));
  }

  @Test
  void what_was_handed_in_is_proved_and_never_forgotten_and_nothing_older_is_handed_in() {
    travellers.open();
    JourneyVersion version =
        Sketch.of("hand").awaits("Wait", "test.a").way("Wait").deploy(deployments, versions);
    long id = drawings.create("关怀", files(1), DrawingOrigin.EMPTY, "mei");
    drawings.save(id, 1, RevisionCause.SAVED, files(2), "mei");

    assertThatThrownBy(() -> handIn(id, 1, version))
        .isInstanceOfSatisfying(
            DrawingRefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo("stale"));
    handIn(id, 2, version);
    for (int i = 2; i < Drawings.KEPT + 9; i++) {
      drawings.save(id, i, RevisionCause.SAVED, files(i + 1), "mei");
    }

    assertThat(drawings.revisions(id))
        .extracting(DrawingRevision::revision)
        .contains(1, 2)
        .doesNotContain(3, 4);
    assertThat(
            jdbc.sql(
                    """
                    select facts::jsonb->>'version' from evidence
                     where kind = 'drawing_submitted' and subject = ? and actor = 'mei'
                    """)
                .param("drawing:" + id)
                .query(String.class)
                .list())
        .containsExactly(Long.toString(version.id()));
  }

  @Test
  void a_drawing_that_was_deleted_has_no_name_any_more() {
    long id = drawings.create("关怀", files(1), DrawingOrigin.EMPTY, "mei");
    drawings.rename(id, "新名字");
    drawings.delete(id, 1, "mei");

    assertThatThrownBy(() -> drawings.rename(id, "又一个名字"))
        .isInstanceOfSatisfying(
            DrawingRefusedException.class, refused -> assertThat(refused.code()).isEqualTo("gone"));
  }
}
