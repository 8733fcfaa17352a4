package io.waymark.channel;

import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * One message over one connection: Spring's mail sender with a connection that can be asked
 * afterwards.
 */
final class SmtpCall extends JavaMailSenderImpl {

  private static final String PEER = "邮件服务器";

  private @Nullable WatchedTransport transport;

  SmtpCall(Session session, ProviderEndpoint endpoint) {
    setSession(session);
    setHost(endpoint.uri().getHost());
    setPort(endpoint.uri().getPort());
    if (!endpoint.key().isEmpty()) {
      setUsername(endpoint.key());
      setPassword(endpoint.secret().clear());
    }
  }

  @Override
  protected Transport getTransport(Session session) {
    transport = new WatchedTransport(session);
    return transport;
  }

  ProviderAnswer answer(MimeMessage message, String messageId) {
    try {
      send(message);
      return accepted(messageId);
    } catch (MailAuthenticationException e) {
      return new Rejected("smtp_auth", PEER + "拒绝登录，请检查用户名和密码", true);
    } catch (MailException e) {
      return afterFailure(messageId);
    }
  }

  private ProviderAnswer afterFailure(String messageId) {
    if (transport == null || (!transport.handedOver() && transport.refusal() == 0)) {
      return new Rejected("connect", "无法连接" + PEER + "，或连接在交出邮件前中断", true);
    }
    if (transport.accepted()) {
      // Only the farewell failed.
      return accepted(messageId);
    }
    int code = transport.refusal();
    return code == 0
        ? new Unknown(PEER + "：邮件已交出，连接在应答前中断")
        : new Rejected("smtp_" + code, PEER + "拒绝了邮件（SMTP " + code + "）", code < 500);
  }

  private Accepted accepted(String messageId) {
    String words = transport == null ? "" : transport.acceptance();
    return new Accepted(words.isEmpty() ? messageId : words);
  }
}
