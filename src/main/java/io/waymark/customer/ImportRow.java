package io.waymark.customer;

import java.util.List;
import java.util.Map;

/**
 * A row of a batch that is sound in itself.
 *
 * @param position 1-based, in the batch
 * @param identities those given, normalised
 * @param tags those given, blank ones left out
 */
record ImportRow(
    int position, CustomerRecord record, List<Identity> identities, Map<String, String> tags) {

  String ref() {
    return record.ref();
  }
}
