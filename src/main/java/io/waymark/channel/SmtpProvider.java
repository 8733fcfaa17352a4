package io.waymark.channel;

import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.platform.Channel;
import jakarta.mail.Session;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * E-mail over SMTP. Mail servers do not recognise a repeat, so the message id travels as {@code
 * Message-ID: <id@waymark>} for whoever reads the mail; there is no question to ask afterwards.
 */
final class SmtpProvider implements Provider {

  static final String NAME = "smtp";

  private final ProviderEndpoint endpoint;
  private final MailDraft draft;
  private final Session session;

  SmtpProvider(ProviderEndpoint endpoint, SmtpSettings settings, Clock clock) {
    this.endpoint = endpoint;
    this.session = Session.getInstance(properties(endpoint, settings));
    this.draft =
        new MailDraft(session, settings.from(), settings.fromName(), settings.returnPath(), clock);
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.smtp";
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return UnknownPolicy.MAY_RESEND;
  }

  @Override
  public String target() {
    return Targets.shown(endpoint.uri());
  }

  /** A protocol without signatures: there is nothing a vendor could publish an example of. */
  @Override
  public Optional<String> verification() {
    return Optional.of("RFC 5321（协议本身不签名）");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    try {
      return new SmtpCall(session, endpoint)
          .answer(draft.of(message), message.messageId().toString());
    } catch (MailDraft.Unsendable e) {
      return new Rejected(e.code(), e.getMessage(), false);
    }
  }

  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }

  private static Properties properties(ProviderEndpoint endpoint, SmtpSettings settings) {
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis(settings.connectTimeout().toMillis()));
    properties.put("mail.smtp.timeout", millis(settings.readTimeout().toMillis()));
    properties.put("mail.smtp.writetimeout", millis(settings.readTimeout().toMillis()));
    properties.put("mail.smtp.auth", Boolean.toString(!endpoint.key().isEmpty()));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
    properties.put("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
    properties.put(
        "mail.smtp.ssl.enable", Boolean.toString("smtps".equals(endpoint.uri().getScheme())));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  private static String millis(long millis) {
    return Long.toString(Math.max(1, millis));
  }
}
