/**
 * Tasks of advisors: routing, work lists, outcomes. The workflow engine is reached only through
 * what it tells this package. Outcomes go to evidence and to the journey.
 */
@NullMarked
package io.waymark.advisor;

import org.jspecify.annotations.NullMarked;
