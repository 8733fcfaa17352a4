/**
 * Lists of customers made ahead for what rules ask most: values of tags, branches, who did what how
 * often on which day. No rule is written or saved here, and nothing here is the truth: every list
 * can be made anew from the rows and gives way to them where a change is noted. Rows go in through
 * the keeping, sets of customers come out through the questions.
 */
@NullMarked
package io.waymark.segment.posting;

import org.jspecify.annotations.NullMarked;
