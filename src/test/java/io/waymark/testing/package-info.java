/**
 * What tests of every floor share: the real database, the movable clock, the two sizes of context.
 * No test lives here. Tests annotate themselves and inject what they need.
 */
@NullMarked
package io.waymark.testing;

import org.jspecify.annotations.NullMarked;
