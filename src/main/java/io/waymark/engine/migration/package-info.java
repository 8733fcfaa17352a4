/**
 * Moving customers on the engine: from version to version by a map, from node to node by a person,
 * and timers whose hour is past. Who may and why is decided on the journey's floor; here the
 * engine's state, our facts and the claims of messages change in one transaction. Orders come from
 * journey, facts go back to it.
 */
@NullMarked
package io.waymark.engine.migration;

import org.jspecify.annotations.NullMarked;
