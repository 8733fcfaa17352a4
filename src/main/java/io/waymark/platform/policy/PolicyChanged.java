package io.waymark.platform.policy;

/**
 * A version was proposed, approved or turned down; announced inside the transaction that writes it,
 * so that its proof commits with it.
 *
 * @param actor username of who did it
 */
public record PolicyChanged(PolicyDocument document, Change change, String actor) {

  /** What happened to the version. */
  public enum Change {
    PROPOSED,
    APPROVED,
    REJECTED
  }
}
