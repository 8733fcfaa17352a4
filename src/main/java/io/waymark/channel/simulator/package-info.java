/**
 * Honest peers on real sockets that speak the protocols of the providers: they check signatures,
 * keep a ledger, send signed receipts back, and misbehave on demand. No provider and no rule may
 * live here, and nothing outside the demo and the tests may depend on it. Messages come in over the
 * wire and receipts go out over the wire, never by a method call.
 */
@NullMarked
package io.waymark.channel.simulator;

import org.jspecify.annotations.NullMarked;
