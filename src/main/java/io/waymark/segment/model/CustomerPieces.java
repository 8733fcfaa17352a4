package io.waymark.segment.model;

import io.waymark.segment.rule.Sql;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All customers, a few thousand at a time, each piece a transaction of its own under the lock of
 * all models. Records that were merged into another or erased are not among them.
 */
@Component
public class CustomerPieces {

  private static final int PIECE = 2_000;

  private final JdbcClient jdbc;
  private final ModelFeed feed;
  private final TransactionTemplate transaction;

  CustomerPieces(JdbcClient jdbc, ModelFeed feed, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.feed = feed;
    this.transaction = transaction;
  }

  /** Those of these customers who are to be computed, as rows {@code c}. */
  public static Sql among(Collection<Long> customerIds) {
    return Sql.sql(
        " from customer c where c.id = any(?) and c.merged_into is null and c.erased_at is null",
        (Object) customerIds.toArray(Long[]::new));
  }

  /**
   * Hands over all customers in order of their ids.
   *
   * @return how many there were
   */
  public long each(RunProgress progress, Consumer<List<Long>> piece) {
    long total = jdbc.sql("select count(*) from customer").query(Long.class).single();
    long after = 0;
    long done = 0;
    progress.at(0, total);
    for (List<Long> ids = next(after); !ids.isEmpty(); ids = next(after)) {
      List<Long> some = ids;
      transaction.executeWithoutResult(
          status -> {
            feed.alone();
            piece.accept(some);
          });
      after = some.get(some.size() - 1);
      done += some.size();
      progress.at(done, Math.max(total, done));
    }
    return done;
  }

  private List<Long> next(long after) {
    return jdbc.sql("select id from customer where id > ? order by id limit ?")
        .params(after, PIECE)
        .query(Long.class)
        .list();
  }
}
