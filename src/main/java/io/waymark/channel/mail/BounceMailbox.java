package io.waymark.channel.mail;

import io.waymark.channel.Inbound;
import io.waymark.channel.Receipt;
import io.waymark.channel.Secret;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the bounce mailbox. Mails are removed after their receipts were kept, so a crash in
 * between brings them again; several nodes may look, because POP3 locks the mailbox for one and the
 * receipts are recognised.
 */
final class BounceMailbox {

  private static final Logger log = LoggerFactory.getLogger(BounceMailbox.class);
  private static final int AT_ONCE = 200;

  private final BounceSettings settings;
  private final Secret password;
  private final Inbound inbound;
  private final Clock clock;
  private final Session session;

  BounceMailbox(BounceSettings settings, Secret password, Inbound inbound, Clock clock) {
    this.settings = settings;
    this.password = password;
    this.inbound = inbound;
    this.clock = clock;
    String millis = Long.toString(settings.timeout().toMillis());
    Properties properties = new Properties();
    properties.put("mail.pop3.ssl.enable", Boolean.toString(settings.ssl()));
    properties.put("mail.pop3.ssl.checkserveridentity", "true");
    properties.put("mail.pop3.connectiontimeout", millis);
    properties.put("mail.pop3.timeout", millis);
    properties.put("mail.pop3.writetimeout", millis);
    this.session = Session.getInstance(properties);
  }

  /** Reads and removes what is there; returns how many mails were removed. */
  int look() {
    try (Store store = session.getStore("pop3")) {
      store.connect(settings.host(), settings.port(), settings.username(), password.clear());
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_WRITE);
      int most = Math.min(inbox.getMessageCount(), AT_ONCE);
      Message[] mails = most == 0 ? new Message[0] : inbox.getMessages(1, most);
      inbound.pass(receipts(mails), List.of());
      inbox.setFlags(mails, new Flags(Flags.Flag.DELETED), true);
      inbox.close(true);
      return mails.length;
    } catch (MessagingException e) {
      log.warn("The bounce mailbox cannot be looked into now: {}", e.getClass().getSimpleName());
      return 0;
    }
  }

  private List<Receipt> receipts(Message[] mails) {
    List<Receipt> receipts = new ArrayList<>();
    int unreadable = 0;
    for (Message mail : mails) {
      try {
        DeliveryReport.read((MimeMessage) mail, clock.instant()).ifPresent(receipts::add);
      } catch (MessagingException | IOException e) {
        unreadable++;
      }
    }
    if (mails.length > 0) {
      log.info(
          "{} mails in the bounce mailbox, {} reports, {} unreadable",
          mails.length,
          receipts.size(),
          unreadable);
    }
    return receipts;
  }
}
