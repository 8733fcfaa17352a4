/**
 * The double review as the engine runs it: our own system process, no journey of a customer. No
 * rule of a review lives here; all of them are asked of {@link
 * io.waymark.compliance.review.ReviewCourse}. Submissions and decisions come in through {@link
 * io.waymark.compliance.review.ReviewProcess}, Tasklist or REST.
 */
@NullMarked
package io.waymark.engine.review;

import org.jspecify.annotations.NullMarked;
