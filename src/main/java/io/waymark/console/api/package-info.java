/**
 * The public HTTP API, version 1: batches of customers, events, consents, assessments and products
 * come in, a customer's timeline goes out. No rule lives here; rows are read, the caller's branches
 * are checked, and the packages below decide. Answers are batch reports or RFC 9457 problem
 * details.
 */
@NullMarked
package io.waymark.console.api;

import org.jspecify.annotations.NullMarked;
