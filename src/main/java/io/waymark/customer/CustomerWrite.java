package io.waymark.customer;

import io.waymark.customer.tag.TagValue;
import java.util.List;

/**
 * A customer ready to be written.
 *
 * @param moved whether a known customer comes to another branch
 */
record CustomerWrite(
    long id, ImportRow row, byte[] sealedName, List<SealedIdentity> identities, boolean moved) {

  CustomerRecord record() {
    return row.record();
  }

  /** First character and a star: 张*. */
  String maskedName() {
    String name = record().name().strip();
    return name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
  }

  List<TagValue> tags() {
    return row.tags().entrySet().stream()
        .map(tag -> new TagValue(id, tag.getKey(), tag.getValue()))
        .toList();
  }
}
