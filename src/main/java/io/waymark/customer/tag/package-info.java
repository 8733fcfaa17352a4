/**
 * What a tag is, and what is known of a customer by tag, with the changes that matter. Who may be
 * contacted or belongs to an audience is not decided here, and no file is read here. Definitions
 * and values flow up as bulk reads; writers above come in through {@link TagWriter}.
 */
@NullMarked
package io.waymark.customer.tag;

import org.jspecify.annotations.NullMarked;
