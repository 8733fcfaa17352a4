package io.waymark.channel;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.NOWHERE;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.MailSimulator;
import io.waymark.platform.Channel;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpProviderTest {

  private final MailSimulator peer = new MailSimulator(Peers.settings(), SECRET, NOWHERE, CLOCK);
  private final UUID id = UUID.randomUUID();

  @BeforeEach
  void start() {
    peer.start();
  }

  @AfterEach
  void stop() {
    peer.stop();
  }

  @Test
  void a_mail_arrives_with_its_chinese_subject_its_id_and_both_forms_of_its_text()
      throws Exception {
    AddressedMessage message =
        mail(
            "王女士您好：您的定投计划",
            "<p>王女士，您好</p><p><a href=\"https://broker.example/u?t=1\">退订</a></p>",
            Map.of("List-Unsubscribe", "<https://broker.example/u?t=1>"));

    assertThat(provider(peer.endpoint()).send(message))
        .isEqualTo(new Accepted("2.0.0 Ok: queued as mail-" + id));

    MimeMessage arrived =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(peer.newestRaw().orElseThrow()));
    assertThat(arrived.getSubject()).isEqualTo("王女士您好：您的定投计划");
    assertThat(arrived.getMessageID()).isEqualTo("<" + id + "@waymark>");
    assertThat(arrived.getHeader("List-Unsubscribe"))
        .containsExactly("<https://broker.example/u?t=1>");
    assertThat(arrived.getContentType()).startsWith("multipart/alternative");
    MimeMultipart parts = (MimeMultipart) arrived.getContent();
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat((String) parts.getBodyPart(0).getContent())
        .isEqualToNormalizingNewlines("王女士，您好\n退订 ( https://broker.example/u?t=1 )");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat((String) parts.getBodyPart(1).getContent()).contains("<p>王女士，您好</p>");
    assertThat(peer.ledger()).singleElement().extracting(LedgerLine::messageId).isEqualTo(id);
  }

  @Test
  void a_wrong_password_takes_nothing() {
    ProviderEndpoint endpoint = peer.endpoint();
    ProviderEndpoint wrong =
        new ProviderEndpoint(
            Channel.EMAIL, endpoint.uri(), endpoint.key(), new Secret("wrong"), null);

    assertThat(provider(wrong).send(mail("s", "t", Map.of())))
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.code()).isEqualTo("smtp_auth"));
    assertThat(peer.ledger()).isEmpty();
  }

  @Test
  void a_connection_lost_behind_the_mail_is_unknown_though_it_was_taken() {
    peer.misbehave(Peers.silentAfterAccepting());

    assertThat(provider(peer.endpoint()).send(mail("s", "t", Map.of())))
        .isInstanceOf(Unknown.class);
    assertThat(peer.ledger()).hasSize(1);
    assertThat(provider(peer.endpoint()).query(id)).isEmpty();
  }

  @Test
  void a_server_in_trouble_is_a_temporary_refusal() {
    peer.misbehave(Peers.errors());

    assertThat(provider(peer.endpoint()).send(mail("s", "t", Map.of())))
        .isInstanceOfSatisfying(
            Rejected.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("smtp_451");
              assertThat(refusal.temporary()).isTrue();
            });
  }

  @Test
  void a_refused_recipient_is_final() throws Exception {
    try (ScriptedSmtp server =
        new ScriptedSmtp("220 x", "250 x", "250 ok", "550 5.1.1 no such user", "250 ok")) {
      assertThat(provider(server.endpoint()).send(mail("s", "t", Map.of())))
          .isInstanceOfSatisfying(
              Rejected.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("smtp_550");
                assertThat(refusal.temporary()).isFalse();
              });
    }
  }

  @Test
  void a_connection_lost_before_the_mail_was_handed_over_took_nothing() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp("220 x", "250 x", "250 ok")) {
      assertThat(provider(server.endpoint()).send(mail("s", "t", Map.of())))
          .isInstanceOfSatisfying(
              Rejected.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("connect");
                assertThat(refusal.temporary()).isTrue();
              });
    }
  }

  @Test
  void a_connection_lost_behind_the_end_of_data_is_unknown() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp("220 x", "250 x", "250 ok", "250 ok", "354 go")) {
      assertThat(provider(server.endpoint()).send(mail("s", "t", Map.of())))
          .isInstanceOf(Unknown.class);
    }
  }

  @Test
  void a_farewell_that_fails_takes_nothing_back() throws Exception {
    try (ScriptedSmtp server =
        new ScriptedSmtp("220 x", "250 x", "250 ok", "250 ok", "354 go", "250 queued as 7")) {
      assertThat(provider(server.endpoint()).send(mail("s", "t", Map.of())))
          .isEqualTo(new Accepted("queued as 7"));
    }
  }

  @Test
  void lines_cannot_be_smuggled_into_headers() throws Exception {
    AddressedMessage message =
        mail(
            "subject\r\nBcc: thief@example.com",
            "text",
            Map.of("List-Unsubscribe", "<x>\r\nBcc: thief@example.com"));
    provider(peer.endpoint()).send(message);

    MimeMessage arrived =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(peer.newestRaw().orElseThrow()));
    assertThat(arrived.getHeader("Bcc")).isNull();
    assertThat(arrived.getSubject()).isEqualTo("subject Bcc: thief@example.com");
  }

  @Test
  void strange_headers_and_addresses_are_refused_before_any_connection() {
    Provider nowhere =
        provider(
            new ProviderEndpoint(
                Channel.EMAIL, URI.create("smtp://127.0.0.1:1"), "", SECRET, null));

    assertThat(nowhere.send(mail("s", "t", Map.of("Bcc", "thief@example.com"))))
        .isInstanceOfSatisfying(
            Rejected.class, refusal -> assertThat(refusal.code()).isEqualTo("mail_header"));
    for (String address :
        new String[] {"no-at-sign", "a@b.example, c@d.example", "X <a@b.example>", ""}) {
      AddressedMessage message =
          new AddressedMessage(id, Channel.EMAIL, address, "s", "t", Map.of());
      assertThat(nowhere.send(message))
          .as(address)
          .isInstanceOfSatisfying(
              Rejected.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo("address");
                assertThat(refusal.temporary()).isFalse();
              });
    }
  }

  private AddressedMessage mail(String subject, String body, Map<String, String> headers) {
    return new AddressedMessage(id, Channel.EMAIL, "wang@customer.example", subject, body, headers);
  }

  private static Provider provider(ProviderEndpoint endpoint) {
    SmtpSettings settings =
        new SmtpSettings(
            null,
            0,
            "",
            null,
            false,
            true,
            "",
            "路标证券",
            "bounce@broker.example",
            null,
            SECOND,
            SECOND);
    return new SmtpProvider(endpoint, settings.forSimulator(), CLOCK);
  }
}
