package io.waymark.channel.simulator;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** Takes the mails of the mail simulator, one handler for each. */
final class Mailbox {

  private static final Pattern OUR_ID = Pattern.compile("<([0-9a-fA-F-]{36})@[^>]+>");

  private final Ledger ledger;
  private final Receipts receipts;
  private final AtomicReference<Misbehaviour> misbehaviour;
  private final Chance chance;
  private final Clock clock;
  private volatile byte @Nullable [] newest;

  Mailbox(
      Ledger ledger,
      Receipts receipts,
      AtomicReference<Misbehaviour> misbehaviour,
      Chance chance,
      Clock clock) {
    this.ledger = ledger;
    this.receipts = receipts;
    this.misbehaviour = misbehaviour;
    this.chance = chance;
    this.clock = clock;
  }

  MessageHandler receive(MessageContext context) {
    return new Incoming(context);
  }

  Optional<byte[]> newestRaw() {
    return Optional.ofNullable(newest);
  }

  private final class Incoming implements MessageHandler {
    private final MessageContext context;
    private String to = "";

    private Incoming(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String recipient) {
      to = recipient;
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
      byte[] raw = data.readAllBytes();
      Misbehaviour now = misbehaviour.get();
      LedgerLine line = read(raw);
      UUID id = line.messageId();
      int attempt = ledger.attempt(id);
      pause(now.latencyMillis());
      if (chance.strikes(now.dropRate(), "drop", id, attempt)) {
        hangUp();
      }
      if (chance.strikes(now.errorRate(), "error", id, attempt)) {
        throw new RejectException(451, "4.3.2 simulated trouble, come back later");
      }
      newest = raw;
      if (ledger.take(line).isEmpty()) {
        receipts.forMail(id, now);
      }
      if (chance.strikes(now.timeoutAfterAcceptRate(), "timeout", id, attempt)) {
        hangUp();
      }
      return "2.0.0 Ok: queued as " + line.providerId();
    }

    @Override
    public void done() {}

    /** Closes the connection without a word. */
    private void hangUp() throws IOException {
      if (context instanceof org.subethamail.smtp.server.Session session) {
        session.closeSocket();
      }
      throw new IOException("simulated hang-up");
    }

    private LedgerLine read(byte[] raw) throws RejectException {
      try {
        MimeMessage mail =
            new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        UUID id = messageId(mail);
        return new LedgerLine(
            id, "mail-" + id, to, mail.getSubject(), text(mail), clock.instant(), 1, null);
      } catch (MessagingException | IOException e) {
        throw new RejectException(554, "5.6.0 not a mail");
      }
    }
  }

  /** A mail of somebody else is taken too, under an id made from its own. */
  private static UUID messageId(MimeMessage mail) throws MessagingException {
    String header = String.valueOf(mail.getMessageID());
    Matcher ours = OUR_ID.matcher(header);
    return ours.matches()
        ? UUID.fromString(ours.group(1))
        : UUID.nameUUIDFromBytes(header.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(MimeMessage mail) throws MessagingException, IOException {
    Object content = mail.getContent();
    if (content instanceof Multipart parts && parts.getCount() > 0) {
      BodyPart plain = parts.getBodyPart(0);
      content = plain.getContent();
    }
    return String.valueOf(content);
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
