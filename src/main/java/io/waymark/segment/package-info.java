/**
 * Audiences: the rule language, its translation to SQL and membership. No journey and no message is
 * known here. Facts come from below as SQL; answers go up with unknown kept apart from no.
 */
@NullMarked
package io.waymark.segment;

import org.jspecify.annotations.NullMarked;
