package io.waymark.evidence.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerkleProperties {

  @Property(tries = 200)
  void every_leaf_leads_to_the_root_and_no_other_does(
      @ForAll @IntRange(min = 1, max = 70) int size, @ForAll Random random) {
    List<byte[]> leaves = leaves(size, random);
    byte[] root = Merkle.root(leaves);
    int index = random.nextInt(size);

    assertThat(Merkle.fold(leaves.get(index), Merkle.path(leaves, index))).isEqualTo(root);
    byte[] other = leaves.get(index).clone();
    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    assertThat(Merkle.fold(other, Merkle.path(leaves, index))).isNotEqualTo(root);
  }

  @Property(tries = 100)
  void blocks_of_a_power_of_two_make_the_same_tree(
      @ForAll @IntRange(min = 1, max = 100) int size, @ForAll Random random) {
    List<byte[]> leaves = leaves(size, random);
    List<byte[]> blocks = new ArrayList<>();
    for (int from = 0; from < size; from += 8) {
      blocks.add(Merkle.root(leaves.subList(from, Math.min(size, from + 8))));
    }

    assertThat(Merkle.root(blocks)).isEqualTo(Merkle.root(leaves));
  }

  private static List<byte[]> leaves(int size, Random random) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      leaves.add(Merkle.leaf(hash));
    }
    return leaves;
  }
}
