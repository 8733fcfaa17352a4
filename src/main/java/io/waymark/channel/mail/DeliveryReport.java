package io.waymark.channel.mail;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.platform.Channel;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery status notification (RFC 3464). Which mail it is about says the address it came
 * to ({@code bounce+<id>@}) or the {@code Message-ID} it quotes.
 */
final class DeliveryReport {

  private static final Pattern OUR_ADDRESS = Pattern.compile("\\+([0-9a-f]{32})@");
  private static final Pattern OUR_MESSAGE_ID =
      Pattern.compile("<([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})@waymark>");
  private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
  private static final int LARGEST_PART = 256 * 1024;

  private @Nullable UUID messageId;
  private String action = "";
  private String status = "";

  private DeliveryReport() {}

  /** Empty when the mail reports nothing final about a mail of ours. */
  static Optional<Receipt> read(MimeMessage mail, Instant now)
      throws MessagingException, IOException {
    if (!mail.isMimeType("multipart/report") || !(mail.getContent() instanceof Multipart parts)) {
      return Optional.empty();
    }
    DeliveryReport report = new DeliveryReport();
    Address[] to = mail.getAllRecipients();
    for (Address one : to == null ? new Address[0] : to) {
      report.address(one.toString());
    }
    for (int i = 0; i < parts.getCount(); i++) {
      report.part(parts.getBodyPart(i));
    }
    return report.receipt(now);
  }

  private void address(String text) {
    Matcher matcher = OUR_ADDRESS.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.find()) {
      String hex = matcher.group(1);
      messageId =
          UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }
  }

  private void part(Part part) throws MessagingException, IOException {
    if (part.isMimeType("message/delivery-status")) {
      status(text(part));
    } else if (messageId == null
        && (part.isMimeType("text/rfc822-headers") || part.isMimeType("message/rfc822"))) {
      Matcher matcher = OUR_MESSAGE_ID.matcher(text(part));
      if (matcher.find()) {
        messageId = UUID.fromString(matcher.group(1));
      }
    }
  }

  /** The first group of fields is about the message, each further one about a recipient. */
  private void status(String text) throws MessagingException {
    for (String group : text.replace("\r\n", "\n").strip().split("\n\\s*\n")) {
      InternetHeaders fields =
          new InternetHeaders(
              new ByteArrayInputStream((group + "\n\n").getBytes(StandardCharsets.US_ASCII)));
      String said = fields.getHeader("Action", null);
      if (said != null) {
        action = said.strip().toLowerCase(Locale.ROOT);
        Matcher code = STATUS.matcher(String.valueOf(fields.getHeader("Status", null)));
        status = code.find() ? code.group() : "";
      }
    }
  }

  private Optional<Receipt> receipt(Instant now) {
    UUID about = messageId;
    boolean failed = action.equals("failed");
    if (about == null || (!failed && !action.equals("delivered"))) {
      // "delayed", "relayed" and "expanded" end nothing.
      return Optional.empty();
    }
    ReceiptKind kind = failed ? ReceiptKind.BOUNCED : ReceiptKind.DELIVERED;
    return Optional.of(
        new Receipt(
            about,
            Channel.EMAIL,
            kind,
            now,
            status.isEmpty() ? null : status,
            "dsn:" + about + ":" + kind.code()));
  }

  private static String text(Part part) throws MessagingException, IOException {
    try (InputStream content = part.getInputStream()) {
      return new String(content.readNBytes(LARGEST_PART), StandardCharsets.UTF_8);
    }
  }
}
