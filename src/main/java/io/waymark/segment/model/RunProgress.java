package io.waymark.segment.model;

/** How a computation tells how far it is. */
@FunctionalInterface
public interface RunProgress {

  /** For a computation nobody watches. */
  RunProgress UNSEEN = (done, total) -> {};

  /**
   * Says how far it is; called between pieces, outside their transactions.
   *
   * @param total zero while it is not known
   */
  void at(long done, long total);
}
