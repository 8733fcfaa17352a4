package io.waymark.platform.policy;

import java.util.List;

/**
 * A kind of policy, declared as a bean by the package that obeys it. A kind must not ask {@link
 * PolicyDocuments} for anything while it is constructed: the documents need all kinds first.
 *
 * @param <T> what a document means once it is read
 */
public interface PolicyKind<T> {

  /** Stable word for tables and addresses: lower-case letters, digits, single hyphens. */
  String code();

  /** What people call it, in Chinese. */
  String title();

  /** The version that comes with the software and applies until people approve another. */
  ShippedPolicy shipped();

  /**
   * What stands against proposing this document: Chinese sentences that say where and what to do.
   * Empty when nothing does. Called again when it is approved.
   */
  List<String> problems(String source);

  /**
   * Reads a document that was without problems once. A check that was tightened since must not
   * refuse it here: what is in force stays readable.
   *
   * @throws IllegalArgumentException when it cannot be read at all
   */
  T read(String source);
}
