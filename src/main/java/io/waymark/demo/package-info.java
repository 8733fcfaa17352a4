/**
 * A synthetic broker for the demo profile: people, products, customers and a life that goes on. It
 * stands above every floor and nobody imports it; without the demo profile nothing of it is active.
 * All it knows goes in through the same doors as a real broker's data.
 */
@NullMarked
package io.waymark.demo;

import org.jspecify.annotations.NullMarked;
