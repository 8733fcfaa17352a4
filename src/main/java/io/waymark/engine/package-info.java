/**
 * All of Camunda, and nobody else imports it. The engine is the truth about where a customer
 * stands. Lower floors own the interfaces implemented here.
 */
@NullMarked
package io.waymark.engine;

import org.jspecify.annotations.NullMarked;
