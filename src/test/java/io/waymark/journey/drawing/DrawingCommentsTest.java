package io.waymark.journey.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.testing.DatabaseSlice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Threads of comments on a drawing. */
@DatabaseSlice({"io.waymark.journey.drawing"})
class DrawingCommentsTest {

  @Autowired Drawings drawings;
  @Autowired DrawingComments comments;

  long drawing;

  @BeforeEach
  void make_a_drawing() {
    drawing = create();
  }

  @Test
  void a_thread_is_settled_and_an_answer_opens_it_again() {
    comments.say(drawing, "Send_1", " 为什么发两次? ", "mei");
    long thread = comments.of(drawing).get(0).id();

    comments.resolve(drawing, thread, "lin");
    assertThat(comments.of(drawing).get(0).resolvedBy()).isEqualTo("lin");

    comments.answer(drawing, thread, "还是两次", "mei");
    List<DrawingComment> all = comments.of(drawing);
    assertThat(all).extracting(DrawingComment::body).containsExactly("为什么发两次?", "还是两次");
    assertThat(all.get(0).resolvedAt()).isNull();
    assertThat(all.get(1).parent()).isEqualTo(thread);
  }

  @Test
  void nothing_and_too_much_are_refused() {
    assertThatThrownBy(() -> comments.say(drawing, null, "  ", "mei"))
        .hasMessageContaining("请填写批注");
    assertThatThrownBy(() -> comments.say(drawing, null, "长".repeat(1001), "mei"))
        .hasMessageContaining("1000");
  }

  @Test
  void a_thread_of_another_drawing_is_out_of_reach() {
    comments.say(drawing, null, "这里", "mei");
    long thread = comments.of(drawing).get(0).id();
    long other = create();

    assertThatThrownBy(() -> comments.resolve(other, thread, "lin")).hasMessageContaining("已不存在");
    assertThatThrownBy(() -> comments.answer(other, thread, "那里", "lin"))
        .hasMessageContaining("已不存在");
    assertThat(comments.of(other)).isEmpty();
    assertThat(comments.of(drawing)).hasSize(1);
  }

  @Test
  void comments_go_with_their_drawing() {
    comments.say(drawing, null, "这里", "mei");
    drawings.delete(drawing, 1, "mei");

    assertThat(comments.of(drawing)).isEmpty();
  }

  private long create() {
    return drawings.create(
        "关怀", new DrawingFiles(Map.of("care.bpmn", "<a/>")), DrawingOrigin.EMPTY, "mei");
  }
}
