package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer.Accepted;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class SmtpCallTest {

  @Test
  void a_farewell_that_cannot_be_written_takes_no_acceptance_back() throws Exception {
    try (ScriptedSmtp server =
        new ScriptedSmtp("220 x", "250 x", "250 ok", "250 ok", "354 go", "250 queued as 7")) {
      Properties properties = new Properties();
      properties.put("mail.smtp.socketFactory", new NoFarewell());
      Session session = Session.getInstance(properties);
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom("service@broker.invalid");
      mail.setRecipients(MimeMessage.RecipientType.TO, "wang@customer.example");
      mail.setText("text");

      assertThat(new SmtpCall(session, server.endpoint()).answer(mail, "id"))
          .isEqualTo(new Accepted("queued as 7"));
    }
  }

  /** Sockets that break on QUIT. */
  private static final class NoFarewell extends SocketFactory {

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public OutputStream getOutputStream() throws IOException {
          return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
              if (new String(bytes, from, length, StandardCharsets.US_ASCII).contains("QUIT")) {
                throw new IOException("connection reset");
              }
              out.write(bytes, from, length);
            }
          };
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return new Socket(host, port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return new Socket(host, port, from, fromPort);
    }
  }
}
