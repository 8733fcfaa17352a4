/**
 * The rule language: its tree, its text, its translation to SQL and the telling of why. Neither a
 * stored audience nor a membership is known here. A text comes in, a tree or a piece of SQL with
 * bound values goes out.
 */
@NullMarked
package io.waymark.segment.rule;

import org.jspecify.annotations.NullMarked;
