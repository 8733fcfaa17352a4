package io.waymark.compliance.recall;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Works off what recalls left to do, in batches, on whichever node comes first. */
@Component
public class RecallSweep {

  private static final Logger log = LoggerFactory.getLogger(RecallSweep.class);

  private final JdbcClient jdbc;
  private final ObjectProvider<RecallWork> works;

  RecallSweep(JdbcClient jdbc, ObjectProvider<RecallWork> works) {
    this.jdbc = jdbc;
    this.works = works;
  }

  /** Works until nothing is left to do; another node at the same recall is left to it. */
  @Scheduled(fixedDelay = 1_000)
  public void workOff() {
    for (long recallId : unfinished()) {
      works.orderedStream().forEach(work -> workOff(work, recallId));
    }
  }

  private static void workOff(RecallWork work, long recallId) {
    try {
      boolean more = true;
      while (more && !Thread.currentThread().isInterrupted()) {
        more = work.workSome(recallId);
      }
    } catch (RuntimeException e) {
      // The next round goes on from the last batch that committed; nothing leaves meanwhile.
      log.error("Work for recall {} stopped and will be taken up again", recallId, e);
    }
  }

  private List<Long> unfinished() {
    return jdbc.sql("select recall_id from recall where listed_at is null order by recall_id")
        .query(Long.class)
        .list();
  }
}
