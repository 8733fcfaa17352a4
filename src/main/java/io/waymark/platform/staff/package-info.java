/**
 * The broker's own people: accounts, roles, branches and the scope of rows each may see. Customers
 * are not people in this sense. Sign-in and row filters read it; nothing here knows a screen.
 */
@NullMarked
package io.waymark.platform.staff;

import org.jspecify.annotations.NullMarked;
