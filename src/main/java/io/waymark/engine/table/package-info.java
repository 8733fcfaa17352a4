/**
 * Camunda's decision engine, apart from the process engine: it evaluates tables that lower floors
 * own. No table and no rule lives here. Questions come down through interfaces, answers go back.
 */
@NullMarked
package io.waymark.engine.table;

import org.jspecify.annotations.NullMarked;
