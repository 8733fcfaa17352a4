package io.waymark.channel;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP connection that remembers how far one message got. Only the end of DATA makes the server
 * responsible for a message, so only a connection lost behind it leaves the fate of the message
 * unknown.
 */
final class WatchedTransport extends SMTPTransport {

  private boolean handedOver;
  private boolean accepted;
  private String acceptance = "";
  private int refusal;

  WatchedTransport(Session session) {
    super(session, null);
  }

  /** The whole message was written, with its end. */
  boolean handedOver() {
    return handedOver;
  }

  /** The server has confirmed the message. */
  boolean accepted() {
    return accepted;
  }

  /** The server's words of acceptance without the code, e.g. {@code Ok: queued as 4F1}. */
  String acceptance() {
    return acceptance;
  }

  /** The code the server refused with, 400 to 599; 0 when it did not get so far. */
  int refusal() {
    return refusal;
  }

  @Override
  public synchronized void sendMessage(Message message, Address[] addresses)
      throws MessagingException {
    try {
      super.sendMessage(message, addresses);
    } catch (MessagingException e) {
      refusal = code(e);
      throw e;
    }
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    handedOver = true;
    super.finishData();
    accepted = true;
    acceptance = getLastServerResponse().strip().replaceFirst("^250[ -]", "");
  }

  private static int code(@Nullable Exception e) {
    int code = 0;
    if (e instanceof SMTPSendFailedException refused) {
      code = refused.getReturnCode();
    } else if (e instanceof SMTPAddressFailedException refused) {
      code = refused.getReturnCode();
    } else if (e instanceof SMTPSenderFailedException refused) {
      code = refused.getReturnCode();
    }
    if (code >= 400 && code < 600) {
      return code;
    }
    return e instanceof MessagingException more && more.getNextException() != null
        ? code(more.getNextException())
        : 0;
  }
}
