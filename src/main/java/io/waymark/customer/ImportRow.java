package io.waymark.customer;

import java.util.List;
import java.util.Map;

/**
 * A row of a batch that is sound in itself.
 *
 * @param position 1-based, in the batch
 * @param identities those given, normalised, in the order given for each type
 * @param tags those given, blank ones left out
 * @param personHash keyed hash of name and birth date; empty when the birth date is unknown
 */
record ImportRow(
    int position,
    CustomerRecord record,
    List<Identity> identities,
    Map<String, String> tags,
    byte[] personHash) {

  String ref() {
    return record.ref();
  }
}
