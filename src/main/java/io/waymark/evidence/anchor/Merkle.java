package io.waymark.evidence.anchor;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Merkle trees as in RFC 6962: leaves and inner nodes are hashed with different first bytes, so
 * that neither can be passed off as the other, and a tree splits at the largest power of two.
 */
public final class Merkle {

  private Merkle() {}

  /** One step from a leaf towards the root. */
  public record Step(boolean left, byte[] hash) {}

  /** The leaf over a link's hash. */
  public static byte[] leaf(byte[] hash) {
    MessageDigest digest = sha256();
    digest.update((byte) 0);
    return digest.digest(hash);
  }

  /**
   * The root over nodes: leaves, or roots of whole subtrees.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static byte[] root(List<byte[]> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a tree needs a leaf");
    }
    if (nodes.size() == 1) {
      return nodes.get(0);
    }
    int split = split(nodes.size());
    return join(root(nodes.subList(0, split)), root(nodes.subList(split, nodes.size())));
  }

  /** The steps from one node to the root. */
  public static List<Step> path(List<byte[]> nodes, int index) {
    List<Step> path = new ArrayList<>();
    if (nodes.size() > 1) {
      int split = split(nodes.size());
      if (index < split) {
        path.addAll(path(nodes.subList(0, split), index));
        path.add(new Step(false, root(nodes.subList(split, nodes.size()))));
      } else {
        path.addAll(path(nodes.subList(split, nodes.size()), index - split));
        path.add(new Step(true, root(nodes.subList(0, split))));
      }
    }
    return path;
  }

  /** The root a node leads to by its steps. */
  public static byte[] fold(byte[] node, List<Step> path) {
    byte[] at = node;
    for (Step step : path) {
      at = step.left() ? join(step.hash(), at) : join(at, step.hash());
    }
    return at;
  }

  private static byte[] join(byte[] left, byte[] right) {
    MessageDigest digest = sha256();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
