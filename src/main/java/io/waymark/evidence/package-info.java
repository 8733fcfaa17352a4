/**
 * The append-only record a dispute is decided by. Rows are appended in the transaction of the act
 * they prove and chained later by one sealer. Every floor appends; nobody edits.
 */
@NullMarked
package io.waymark.evidence;

import org.jspecify.annotations.NullMarked;
