package io.waymark.customer.tag;

import java.util.Collection;
import java.util.Set;

/**
 * Application event, published inside the writing transaction: tags of these customers were set or
 * removed. A listener that writes, writes in the same transaction.
 *
 * @param customerIds whose; may hold some whose values stayed the same
 * @param tags which
 */
public record TagsChanged(Collection<Long> customerIds, Set<String> tags) {}
