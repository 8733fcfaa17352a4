/**
 * Stopping a product, template, phrase, journey or channel everywhere at once. What is stopped and
 * who lifted it lives here; what stopping means to messages and journeys does not. Gates above ask
 * what stands recalled; parts above are told in the recall's own transaction and work off the rest.
 */
@NullMarked
package io.waymark.compliance.recall;

import org.jspecify.annotations.NullMarked;
