/**
 * The double review of content: who submitted what, what the machine found, which people decided
 * and under which number. The engine draws the way of a review and is known here only through
 * {@link io.waymark.compliance.review.ReviewProcess}. Subjects come in through {@link
 * io.waymark.compliance.review.Reviewable}, decisions go back to them.
 */
@NullMarked
package io.waymark.compliance.review;

import org.jspecify.annotations.NullMarked;
