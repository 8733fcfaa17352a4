/**
 * Pages and the public HTTP API. No rule lives here. Requests come in, the packages below decide.
 */
@NullMarked
package io.waymark.console;

import org.jspecify.annotations.NullMarked;
