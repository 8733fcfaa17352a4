/**
 * Campaigns of tasks: what head office asks advisors to do for an audience, and how many customers
 * each of them is given on a day. No drawing, no engine and no screen lives here. The engine's
 * floor makes a journey of a campaign and tells this package who was given to whom.
 */
@NullMarked
package io.waymark.advisor.campaign;

import org.jspecify.annotations.NullMarked;
