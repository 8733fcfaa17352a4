/**
 * What comes back by mail: the bounce mailbox, looked into by POP3, and reports of delivery (RFC
 * 3464) in it. Nothing is sent from here. Mails come in, receipts leave through {@link
 * io.waymark.channel.Inbound}, and only then is a mail removed.
 */
@NullMarked
package io.waymark.channel.mail;

import org.jspecify.annotations.NullMarked;
