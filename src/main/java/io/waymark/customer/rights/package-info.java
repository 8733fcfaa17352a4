/**
 * What a person may ask of us about his own data: a copy of everything, and erasure. Nothing here
 * decides whether somebody may be contacted. Higher floors add what they hold through {@code
 * HeldData} and clear it when they hear {@code CustomerErasing}.
 */
@NullMarked
package io.waymark.customer.rights;

import org.jspecify.annotations.NullMarked;
