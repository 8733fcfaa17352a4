/**
 * What happened, counted: funnels per node that reconcile. It only reads. Screens above draw it.
 */
@NullMarked
package io.waymark.insight;

import org.jspecify.annotations.NullMarked;
