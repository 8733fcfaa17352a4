/**
 * Rehearsals: journeys played on a stage, with the house's own steps, gate and engine, and an
 * invented time. No rule of a journey is written here, and nothing of a rehearsal reaches a live
 * table or a provider. Customers come in from the live tables or are invented; what became of them
 * goes out as figures and as the story of one customer.
 */
@NullMarked
package io.waymark.engine.rehearsal;

import org.jspecify.annotations.NullMarked;
