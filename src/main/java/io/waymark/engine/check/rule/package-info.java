/**
 * What a rule sees and says: a drawing as people see it, what the house knows of the things it
 * names, and marks on its elements. No rule lives here and nothing is read from the database. Bytes
 * and facts come in, questions about them are answered.
 */
@NullMarked
package io.waymark.engine.check.rule;

import org.jspecify.annotations.NullMarked;
