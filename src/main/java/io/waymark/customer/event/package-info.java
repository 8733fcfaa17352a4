/**
 * What happened to customers: the registry of event types, events taken in once, and the queue that
 * journeys read. No journey is known here and no file or topic is read here. Sources write in;
 * journeys and audiences above read the queue and the history.
 */
@NullMarked
package io.waymark.customer.event;

import org.jspecify.annotations.NullMarked;
