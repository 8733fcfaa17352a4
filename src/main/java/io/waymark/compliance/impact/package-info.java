/**
 * Impact assessments on personal information (个人信息保护法 art. 55, 56) and which audiences need one.
 * What an audience selects is decided elsewhere. Journeys above ask before an audience is used for
 * marketing; nothing flows up.
 */
@NullMarked
package io.waymark.compliance.impact;

import org.jspecify.annotations.NullMarked;
