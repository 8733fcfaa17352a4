package io.waymark.journey.drawing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The talk about drawings, in threads of one question and its answers. Owns {@code
 * journey_drawing_comment}; comments go with their drawing.
 */
@Component
public class DrawingComments {

  private static final int LONGEST = 1000;
  private static final int MOST = 500;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient jdbc;
  private final Clock clock;

  DrawingComments(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Everything said about a drawing, oldest first. */
  public List<DrawingComment> of(long drawing) {
    return jdbc.sql(
            """
            select id, element, parent_id, body, author, written_at, resolved_by, resolved_at
              from journey_drawing_comment
             where drawing_id = :drawing
             order by id
            """)
        .param("drawing", drawing)
        .query(DrawingComments::comment)
        .list();
  }

  /**
   * Begins a thread.
   *
   * @param element id of the element it is about; null for the drawing as a whole
   * @throws DrawingRefusedException when there is nothing to say, or too much was said already
   */
  @Transactional
  public void say(long drawing, @Nullable String element, String body, String author) {
    insert(drawing, element, null, body, author);
  }

  /**
   * Answers a thread, which is open again by that.
   *
   * @throws DrawingRefusedException as {@link #say}, or when the thread is gone
   */
  @Transactional
  public void answer(long drawing, long thread, String body, String author) {
    reopen(drawing, thread);
    insert(drawing, null, thread, body, author);
  }

  /**
   * Marks a thread as settled.
   *
   * @throws DrawingRefusedException when the thread is gone
   */
  @Transactional
  public void resolve(long drawing, long thread, String by) {
    int settled =
        jdbc.sql(
                """
                update journey_drawing_comment set resolved_by = :by, resolved_at = :now
                 where id = :thread and drawing_id = :drawing and parent_id is null
                """)
            .param("by", by)
            .param("now", now())
            .param("thread", thread)
            .param("drawing", drawing)
            .update();
    requireThread(settled);
  }

  /**
   * Opens a settled thread again.
   *
   * @throws DrawingRefusedException when the thread is gone
   */
  @Transactional
  public void reopen(long drawing, long thread) {
    int opened =
        jdbc.sql(
                """
                update journey_drawing_comment set resolved_by = null, resolved_at = null
                 where id = :thread and drawing_id = :drawing and parent_id is null
                """)
            .param("thread", thread)
            .param("drawing", drawing)
            .update();
    requireThread(opened);
  }

  private void insert(
      long drawing, @Nullable String element, @Nullable Long parent, String body, String author) {
    String said = body.strip();
    if (said.isEmpty() || said.length() > LONGEST) {
      throw new DrawingRefusedException("comment", "请填写批注,不超过 " + LONGEST + " 字。");
    }
    int written =
        jdbc.sql(
                """
                insert into journey_drawing_comment (drawing_id, element, parent_id, body, author,
                                                     written_at)
                select :drawing, :element, :parent, :body, :author, :now
                 where (select count(*) from journey_drawing_comment where drawing_id = :drawing)
                       < :most
                """)
            .param("drawing", drawing)
            .param("element", element)
            .param("parent", parent)
            .param("body", said)
            .param("author", author)
            .param("now", now())
            .param("most", MOST)
            .update();
    if (written != 1) {
      throw new DrawingRefusedException("comments", "这张草图的批注已有 " + MOST + " 条,不能再加。");
    }
  }

  private static void requireThread(int found) {
    if (found != 1) {
      throw new DrawingRefusedException("thread", "这条批注已不存在,请刷新页面。");
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZONE);
  }

  private static DrawingComment comment(ResultSet row, int index) throws SQLException {
    OffsetDateTime resolved = row.getObject("resolved_at", OffsetDateTime.class);
    return new DrawingComment(
        row.getLong("id"),
        row.getString("element"),
        row.getObject("parent_id", Long.class),
        row.getString("body"),
        row.getString("author"),
        row.getObject("written_at", OffsetDateTime.class).toInstant(),
        row.getString("resolved_by"),
        resolved == null ? null : resolved.toInstant());
  }
}
