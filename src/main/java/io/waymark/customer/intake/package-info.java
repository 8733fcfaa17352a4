/**
 * The book of what was taken in and what was refused, by source. No row is checked or written here;
 * the doors report. Figures flow up to the page of data quality.
 */
@NullMarked
package io.waymark.customer.intake;

import org.jspecify.annotations.NullMarked;
