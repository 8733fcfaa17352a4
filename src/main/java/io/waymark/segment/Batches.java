package io.waymark.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands members over some at a time. */
final class Batches {

  private final int size;
  private final Consumer<List<AudienceMember>> consumer;
  private final List<AudienceMember> batch;

  Batches(int size, Consumer<List<AudienceMember>> consumer) {
    this.size = size;
    this.consumer = consumer;
    this.batch = new ArrayList<>(size);
  }

  void add(AudienceMember member) {
    batch.add(member);
    if (batch.size() == size) {
      end();
    }
  }

  /** Hands over what is left. */
  void end() {
    if (!batch.isEmpty()) {
      consumer.accept(List.copyOf(batch));
      batch.clear();
    }
  }
}
