package io.waymark.channel.mail;

import static io.waymark.channel.Peers.CLOCK;
import static io.waymark.channel.Peers.SECOND;
import static io.waymark.channel.Peers.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.Inbound;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptListener;
import io.waymark.channel.ReplyListener;
import io.waymark.channel.Secret;
import io.waymark.channel.simulator.BounceBoxSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class BounceMailboxTest {

  private final List<Receipt> receipts = new ArrayList<>();
  private final BounceBoxSimulator box = new BounceBoxSimulator(SECRET);
  private final UUID id = UUID.randomUUID();

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void a_bounce_is_known_by_the_message_id_it_quotes() {
    box.put(report("bounce@broker.example", "failed", "5.1.1", quoted()));

    assertThat(mailbox(SECRET).look()).isEqualTo(1);

    assertThat(receipts)
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.messageId()).isEqualTo(id);
              assertThat(receipt.kind()).isEqualTo(ReceiptKind.BOUNCED);
              assertThat(receipt.detail()).isEqualTo("5.1.1");
            });
    assertThat(box.size()).isZero();
  }

  @Test
  void a_bounce_that_quotes_nothing_is_known_by_the_address_it_came_to() {
    String own = "bounce+" + id.toString().replace("-", "") + "@broker.example";
    box.put(report(own, "failed", "4.4.7", "Subject: no id here\n"));

    mailbox(SECRET).look();

    assertThat(receipts).extracting(Receipt::messageId).containsExactly(id);
  }

  @Test
  void a_delay_ends_nothing_and_what_is_no_report_is_cleared_away() {
    box.put(report("bounce@broker.example", "delayed", "4.4.1", quoted()));
    box.put("From: someone@example.com\nTo: bounce@broker.example\nSubject: hi\n\nOut of office\n");
    box.put("not a mail at all");

    assertThat(mailbox(SECRET).look()).isEqualTo(3);

    assertThat(receipts).isEmpty();
    assertThat(box.size()).isZero();
  }

  @Test
  void a_connection_that_breaks_before_removing_brings_the_same_receipt_again() {
    box.put(report("bounce@broker.example", "failed", "5.1.1", quoted()));
    box.hangUpBeforeRemoving(true);
    mailbox(SECRET).look();
    box.hangUpBeforeRemoving(false);
    mailbox(SECRET).look();

    assertThat(receipts).hasSize(2);
    assertThat(receipts)
        .extracting(Receipt::providerReceiptId)
        .containsOnly("dsn:" + id + ":bounced");
    assertThat(box.size()).isZero();
  }

  @Test
  void a_wrong_password_or_nobody_there_is_no_harm() {
    box.put(report("bounce@broker.example", "failed", "5.1.1", quoted()));

    assertThat(mailbox(new Secret("wrong")).look()).isZero();
    assertThat(box.size()).isEqualTo(1);
  }

  private String quoted() {
    return "Message-ID: <" + id + "@waymark>\nSubject: x\n";
  }

  /** As a Postfix server writes it. */
  private static String report(String to, String action, String status, String quoted) {
    return """
        From: MAILER-DAEMON@mx.example (Mail Delivery System)
        To: %s
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example
        Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0800

        Final-Recipient: rfc822; nobody@example.com
        Action: %s
        Status: %s
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --b1
        Content-Type: text/rfc822-headers

        %s
        --b1--
        """
        .formatted(to, action, status, quoted);
  }

  private BounceMailbox mailbox(Secret password) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    ReceiptListener listener = receipts::addAll;
    beans.addBean("receipts", listener);
    Inbound inbound =
        new Inbound(
            beans.getBeanProvider(ReceiptListener.class),
            beans.getBeanProvider(ReplyListener.class));
    return new BounceMailbox(
        new BounceSettings(
            "127.0.0.1", box.port(), BounceBoxSimulator.USER, password, false, SECOND, SECOND),
        password,
        inbound,
        CLOCK);
  }
}
