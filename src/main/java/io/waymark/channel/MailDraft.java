package io.waymark.channel;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * Writes the MIME message: plain text and HTML side by side, headers that nobody can smuggle lines
 * into.
 */
final class MailDraft {

  private static final Set<String> HEADERS =
      Set.of("list-unsubscribe", "list-unsubscribe-post", "reply-to", "auto-submitted");

  /** The message can never be sent as it is. */
  static final class Unsendable extends RuntimeException {
    private final String code;

    Unsendable(String code, String reason) {
      super(reason, null, false, false);
      this.code = code;
    }

    String code() {
      return code;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private final Session session;
  private final InternetAddress from;
  private final Clock clock;
  private final String returnPath;

  /**
   * @param returnPath where bounces go, empty = to the sender
   * @throws IllegalArgumentException when the sender is no address
   */
  MailDraft(Session session, String from, String fromName, String returnPath, Clock clock) {
    this.returnPath = returnPath;
    this.session = session;
    this.clock = clock;
    try {
      this.from = new InternetAddress(from, true);
      if (!fromName.isBlank()) {
        this.from.setPersonal(fromName, StandardCharsets.UTF_8.name());
      }
    } catch (AddressException | UnsupportedEncodingException e) {
      throw new IllegalArgumentException("waymark.channel.smtp.from 不是合法的邮箱地址：" + from, e);
    }
  }

  /**
   * @throws Unsendable when address or headers cannot be written
   */
  MimeMessage of(AddressedMessage message) {
    try {
      SMTPMessage mail = new SMTPMessage(session);
      if (!returnPath.isEmpty()) {
        mail.setEnvelopeFrom(returnPath(message.messageId()));
      }
      mail.setFrom(from);
      mail.setRecipient(RecipientType.TO, recipient(message.address()));
      mail.setSentDate(Date.from(clock.instant()));
      mail.setSubject(oneLine(message.subject() == null ? "" : message.subject()), "UTF-8");
      for (Map.Entry<String, String> header : message.headers().entrySet()) {
        addHeader(mail, header.getKey(), header.getValue());
      }
      mail.setContent(alternatives(message.body()));
      // Spring's mail sender keeps a Message-ID that is there before it saves.
      mail.setHeader("Message-ID", "<" + message.messageId() + "@waymark>");
      return mail;
    } catch (MessagingException e) {
      throw new Unsendable("mail_format", "邮件内容无法编码，请检查模板");
    }
  }

  /** A bounce comes back to an address of its own, even from servers that quote nothing (VERP). */
  private String returnPath(UUID messageId) {
    int at = returnPath.lastIndexOf('@');
    String id = messageId.toString().replace("-", "");
    return returnPath.substring(0, at) + "+" + id + returnPath.substring(at);
  }

  private static InternetAddress recipient(String address) {
    try {
      InternetAddress[] parsed = InternetAddress.parse(address, true);
      if (parsed.length == 1 && parsed[0].getAddress().equals(address.strip())) {
        parsed[0].validate();
        return parsed[0];
      }
    } catch (AddressException e) {
      // the exception quotes the address, which belongs in no reason and no log
    }
    throw new Unsendable("address", "邮箱地址不合法，请在客户资料中更正");
  }

  private static void addHeader(MimeMessage mail, String name, String value)
      throws MessagingException {
    if (!HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new Unsendable("mail_header", "不支持的邮件头：" + oneLine(name));
    }
    mail.setHeader(name, oneLine(value));
  }

  private static MimeMultipart alternatives(String body) throws MessagingException {
    MimeMultipart alternatives = new MimeMultipart("alternative");
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(MailText.plain(body), "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(MailText.html(body), "UTF-8", "html");
    // RFC 2046 5.1.4: the richest form comes last.
    alternatives.addBodyPart(plain);
    alternatives.addBodyPart(html);
    return alternatives;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
