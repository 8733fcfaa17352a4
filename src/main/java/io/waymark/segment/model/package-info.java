/**
 * What every model of customers shares: runs in the background with progress, and the feed of
 * customers whose facts have changed. What a model concludes is not known here. Facts come in by
 * triggers of the database, customers to compute go out to the models above through {@link
 * io.waymark.segment.model.FollowedModel} and {@link io.waymark.segment.model.ModelWork}.
 */
@NullMarked
package io.waymark.segment.model;

import org.jspecify.annotations.NullMarked;
