package io.waymark.journey.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Working copies: revisions, the stale save, undo, and what is kept. */
@DatabaseSlice({"io.waymark.journey.drawing"})
class DrawingsTest {

  @Autowired Drawings drawings;
  @Autowired MovableClock clock;

  private static DrawingFiles files(String text) {
    return new DrawingFiles(Map.of("care.bpmn", text));
  }

  @Test
  void a_drawing_begins_with_its_first_revision() {
    long id = drawings.create(" 生日关怀 ", files("<a/>"), DrawingOrigin.EMPTY, "mei");

    Drawing drawing = drawings.find(id).orElseThrow();
    assertThat(drawing.name()).isEqualTo("生日关怀");
    assertThat(drawing.revision()).isEqualTo(1);
    assertThat(drawing.author()).isEqualTo("mei");
    assertThat(drawings.files(id, 1).orElseThrow().drawing()).isEqualTo("<a/>");
    assertThat(drawings.revisions(id))
        .singleElement()
        .satisfies(one -> assertThat(one.cause()).isEqualTo(RevisionCause.CREATED));
  }

  @Test
  void saving_makes_a_revision_and_equal_files_make_none() {
    long id = drawings.create("关怀", files("<a/>"), DrawingOrigin.EMPTY, "mei");

    assertThat(drawings.save(id, 1, RevisionCause.SAVED, files("<b/>"), "mei")).isEqualTo(2);
    assertThat(drawings.save(id, 2, RevisionCause.SAVED, files("<b/>"), "mei")).isEqualTo(2);
    assertThat(drawings.revisions(id)).hasSize(2);
  }

  @Test
  void a_stale_save_is_refused_and_says_who_was_first() {
    long id = drawings.create("关怀", files("<a/>"), DrawingOrigin.EMPTY, "mei");
    drawings.save(id, 1, RevisionCause.SAVED, files("<b/>"), "lin");

    assertThatThrownBy(() -> drawings.save(id, 1, RevisionCause.SAVED, files("<c/>"), "mei"))
        .isInstanceOfSatisfying(
            DrawingRefusedException.class, refused -> assertThat(refused.code()).isEqualTo("stale"))
        .hasMessageContaining("lin")
        .hasMessageContaining("没有覆盖");
    assertThat(drawings.files(id, 2).orElseThrow().drawing()).isEqualTo("<b/>");
  }

  @Test
  void of_many_who_save_at_once_one_is_first_and_all_others_are_told() throws Exception {
    long id = drawings.create("关怀", files("<a/>"), DrawingOrigin.EMPTY, "mei");
    ExecutorService people = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> saves =
          IntStream.range(0, 16)
              .<Callable<Boolean>>mapToObj(
                  one ->
                      () -> {
                        try {
                          drawings.save(
                              id, 1, RevisionCause.SAVED, files("<x n='" + one + "'/>"), "p" + one);
                          return true;
                        } catch (DrawingRefusedException stale) {
                          assertThat(stale.code()).isEqualTo("stale");
                          return false;
                        }
                      })
              .toList();
      int saved = 0;
      for (Future<Boolean> one : people.invokeAll(saves)) {
        saved += one.get() ? 1 : 0;
      }
      assertThat(saved).isEqualTo(1);
      assertThat(drawings.find(id).orElseThrow().revision()).isEqualTo(2);
    } finally {
      people.shutdown();
    }
  }

  @Test
  void an_earlier_revision_comes_back_as_a_new_one() {
    long id = drawings.create("关怀", files("<a/>"), DrawingOrigin.EMPTY, "mei");
    drawings.save(id, 1, RevisionCause.SAVED, files("<b/>"), "mei");

    assertThat(drawings.restore(id, 2, 1, "lin")).isEqualTo(3);
    assertThat(drawings.files(id, 3).orElseThrow().drawing()).isEqualTo("<a/>");
    assertThat(drawings.revisions(id).get(0).cause()).isEqualTo(RevisionCause.RESTORED);
    assertThat(drawings.files(id, 2).orElseThrow().drawing()).isEqualTo("<b/>");
  }

  @Test
  void old_revisions_are_forgotten_but_the_first() {
    long id = drawings.create("关怀", files("<a/>"), DrawingOrigin.EMPTY, "mei");
    for (int i = 1; i < Drawings.KEPT + 10; i++) {
      drawings.save(id, i, RevisionCause.SAVED, files("<n v='" + i + "'/>"), "mei");
    }

    List<Integer> kept =
        drawings.revisions(id).stream().map(DrawingRevision::revision).sorted().toList();
    assertThat(kept).hasSize(Drawings.KEPT + 1).startsWith(1, 11).endsWith(Drawings.KEPT + 10);
    assertThatThrownBy(() -> drawings.restore(id, Drawings.KEPT + 10, 5, "mei"))
        .hasMessageContaining("不再保留");
  }

  @Test
  void only_the_author_deletes_and_only_what_he_has_seen() {
    long id = drawings.create("关怀", files("<a/>"), DrawingOrigin.EMPTY, "mei");
    drawings.save(id, 1, RevisionCause.SAVED, files("<b/>"), "lin");

    assertThatThrownBy(() -> drawings.delete(id, 2, "lin")).hasMessageContaining("只有作者");
    assertThatThrownBy(() -> drawings.delete(id, 1, "mei")).hasMessageContaining("更新的版次");
    drawings.delete(id, 2, "mei");
    assertThat(drawings.find(id)).isEmpty();
    assertThat(drawings.revisions(id)).isEmpty();
    assertThatThrownBy(() -> drawings.save(id, 2, RevisionCause.SAVED, files("<c/>"), "mei"))
        .hasMessageContaining("已被删除");
  }

  @Test
  void the_list_shows_the_last_saved_first() {
    String word = "只此一家" + System.nanoTime();
    long first = drawings.create(word + "一", files("<a/>"), DrawingOrigin.EMPTY, "mei");
    clock.advance(Duration.ofMinutes(1));
    long second = drawings.create(word + "二", files("<a/>"), DrawingOrigin.EMPTY, "lin");
    clock.advance(Duration.ofMinutes(1));
    drawings.save(first, 1, RevisionCause.SAVED, files("<b/>"), "mei");

    assertThat(drawings.page(word, null, 0, 10))
        .extracting(Drawing::id)
        .containsExactly(first, second);
    assertThat(drawings.page(word, "lin", 0, 10)).extracting(Drawing::id).containsExactly(second);
  }
}
