/**
 * What a decision table is to people and to rules: columns, lines, answers. How a table is
 * evaluated is the engine's affair, behind {@code DecisionTables}; no rule of suitability lives
 * here. Policies read tables; nothing flows back.
 */
@NullMarked
package io.waymark.suitability.table;

import org.jspecify.annotations.NullMarked;
