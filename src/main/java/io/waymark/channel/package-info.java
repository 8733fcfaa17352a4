/**
 * Providers of SMS, e-mail and webhook, and simulators that speak their protocols. An addressed
 * message goes in, an answer comes out; no customer is known here. Receipts leave through
 * ReceiptListener.
 */
@NullMarked
package io.waymark.channel;

import org.jspecify.annotations.NullMarked;
