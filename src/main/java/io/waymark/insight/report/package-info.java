/**
 * Reports for compliance: the half-yearly self-check and what was withheld, complained about and
 * opted out of. It counts what other parts wrote and keeps only what an officer signed. Screens
 * above show it.
 */
@NullMarked
package io.waymark.insight.report;

import org.jspecify.annotations.NullMarked;
