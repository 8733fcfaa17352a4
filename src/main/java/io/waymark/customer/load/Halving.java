package io.waymark.customer.load;

import io.waymark.platform.RowProblem;
import java.util.List;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the row the database cannot keep by halving, so that the good rows beside it stay. */
final class Halving {

  private final TransactionTemplate nested;

  Halving(PlatformTransactionManager transactions) {
    this.nested = new TransactionTemplate(transactions);
    this.nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** Takes rows in, inside the caller's transaction. */
  Taken take(List<FileRow> rows, Function<List<FileRow>, Taken> taker) {
    try {
      Taken taken = nested.execute(status -> taker.apply(rows));
      return taken == null ? new Taken(0, 0, List.of()) : taken;
    } catch (DataIntegrityViolationException unstorable) {
      if (rows.size() == 1) {
        int position = rows.get(0).position();
        return new Taken(
            0, 0, List.of(new RowProblem(position, "row", "unstorable", "这一行的值超出可保存的范围，请核对后重发")));
      }
      int half = rows.size() / 2;
      return take(rows.subList(0, half), taker).plus(take(rows.subList(half, rows.size()), taker));
    }
  }
}
