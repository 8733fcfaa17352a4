package io.waymark.compliance.recall;

/**
 * What remains to be done after a recall has been committed. It changes nothing about what may
 * leave: the gates have seen to that from the commit on.
 */
public interface RecallWork {

  /**
   * Does one batch in a transaction of its own. What is done is noted in the same transaction, so
   * that a killed node's work goes on where it stopped.
   *
   * @return whether there may be more to do
   */
  boolean workSome(long recallId);
}
