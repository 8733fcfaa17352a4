/**
 * What a form asks of an advisor, apart from how it is drawn or shown. No engine and no screen
 * lives here. A form's definition comes down as text, answers are held against it here.
 */
@NullMarked
package io.waymark.advisor.form;

import org.jspecify.annotations.NullMarked;
