/**
 * Providers of SMS, e-mail and webhook: an addressed message goes in, an answer comes out, and
 * receipts leave through {@link io.waymark.channel.ReceiptListener}. No customer, consent, policy
 * or template is known here, and nothing is stored. Data flows from contact down into a provider,
 * and back up as an answer or a receipt.
 */
@NullMarked
package io.waymark.channel;

import org.jspecify.annotations.NullMarked;
