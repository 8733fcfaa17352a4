/**
 * Abuse of campaigns: openings that share a device, an address or a contact, or that come like
 * clockwork. Rules are policy data; nothing about a person is kept but keyed hashes. Events come in
 * from below; that customers are held goes up as an event.
 */
@NullMarked
package io.waymark.compliance.abuse;

import org.jspecify.annotations.NullMarked;
