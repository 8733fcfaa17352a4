/**
 * Doors for many rows at once: files of any size and the Kafka topic. No rule about a customer or
 * an event lives here; rows go on to the rooms that own them. Refused rows and counts go to the
 * intake book.
 */
@NullMarked
package io.waymark.customer.load;

import org.jspecify.annotations.NullMarked;
