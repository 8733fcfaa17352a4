package io.waymark.contact.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.Providers;
import io.waymark.channel.simulator.MailSimulator;
import io.waymark.contact.ContactRequest;
import io.waymark.contact.MessageSender;
import io.waymark.contact.NotSent;
import io.waymark.contact.SendResult;
import io.waymark.contact.Sent;
import io.waymark.content.TemplateMetadata;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.crypto.KeyedHash;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.testing.Browser;
import io.waymark.testing.HeldReviews;
import io.waymark.testing.MovableClock;
import io.waymark.testing.WaymarkTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** From a mail that arrived, by its own address, to the end of what the customer had agreed to. */
@WaymarkTest
@ExtendWith(Browser.Use.class)
class UnsubscribeBrowserTest {

  private static final String BRANCH = "SH01";
  private static final Pattern WAY = Pattern.compile("List-Unsubscribe:\\s*<([^>]+)>");

  @LocalServerPort int port;
  @Autowired Branches branches;
  @Autowired Customers customers;
  @Autowired Consents consents;
  @Autowired Templates templates;
  @Autowired MessageSender sender;
  @Autowired Providers providers;
  @Autowired MailSimulator mail;
  @Autowired StoredLinks stored;
  @Autowired KeyedHash hash;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  @Test
  void the_address_in_a_mail_leads_to_a_page_and_what_is_refused_there_is_not_sent_again(
      Browser browser) {
    String ref = customer();
    String template = template();
    UUID message = ((Sent) send(ref, template, 1)).messageId();
    String way = wayIn(delivered(message, ref));
    assertThat(way).startsWith("http://localhost:" + port + "/u/").doesNotContain(ref);

    browser.page().navigate(way);
    browser.page().waitForSelector("form.wm-leave");
    browser.screenshot("unsubscribe");
    assertThat(browser.page().isChecked("input[name=channel][value=email]")).isTrue();
    assertThat(browser.page().isChecked("input[name=channel][value=sms]")).isFalse();
    assertThat(browser.page().content()).doesNotContain(ref).doesNotContain("钱进");
    assertThat(state(ref)).as("looking changes nothing").isEqualTo(ConsentState.GRANTED);

    clock.advance(Duration.ofMinutes(1));
    browser.page().click("form.wm-leave button[type=submit]");
    browser.page().waitForSelector("h1:has-text('已为您退订')");
    browser.screenshot("unsubscribe-done");
    assertThat(state(ref)).isEqualTo(ConsentState.REFUSED);
    SendResult next = send(ref, template, 2);
    assertThat(next).isInstanceOf(NotSent.class);
    assertThat(next.toString()).contains("CONSENT_REFUSED");
    assertThat(browser.complaints()).isEmpty();
  }

  /** As the dispatcher dresses and hands over a mail, where customers reach this application. */
  private byte[] delivered(UUID message, String ref) {
    Links links =
        new Links(
            stored,
            new LinkSettings(
                URI.create("http://localhost:" + port), List.of(), Duration.ofDays(400)),
            hash);
    AddressedMessage plain =
        new AddressedMessage(
            message,
            Channel.EMAIL,
            ref.toLowerCase(Locale.ROOT) + "@example.com",
            "投资者教育活动",
            "<p>推广材料</p><p>邀请您参加。</p>",
            Map.of());
    Outgoing outgoing =
        new Outgoing(plain, id(ref), BRANCH, Purpose.ACTIVITY, createdAt(message), false);
    AddressedMessage dressed =
        Objects.requireNonNull(transaction.execute(status -> links.dress(List.of(outgoing))))
            .get(0);
    assertThat(providers.of(Channel.EMAIL).orElseThrow().send(dressed))
        .isInstanceOf(ProviderAnswer.Accepted.class);
    assertThat(mail.ledger().get(0).messageId()).isEqualTo(message);
    return mail.newestRaw().orElseThrow();
  }

  private static String wayIn(byte[] raw) {
    String unfolded = new String(raw, StandardCharsets.US_ASCII).replaceAll("\r?\n[ \t]+", " ");
    Matcher found = WAY.matcher(unfolded);
    assertThat(found.find()).as(unfolded).isTrue();
    return found.group(1);
  }

  private static Instant createdAt(UUID message) {
    return Instant.ofEpochMilli(message.getMostSignificantBits() >>> 16);
  }

  private ConsentState state(String ref) {
    return Objects.requireNonNull(consents.of(List.of(id(ref))).get(id(ref)))
        .state(Purpose.ACTIVITY, Channel.EMAIL, clock.instant());
  }

  private SendResult send(String ref, String template, int visit) {
    return Objects.requireNonNull(
            transaction.execute(
                status ->
                    sender.send(
                        List.of(
                            new ContactRequest(
                                id(ref),
                                BRANCH,
                                null,
                                "unsubscribe",
                                "Send",
                                visit,
                                template,
                                null,
                                50,
                                Map.of())))))
        .get(0);
  }

  private String customer() {
    branches.saveAll(List.of(new Branch(BRANCH, "上海陆家嘴营业部")));
    String ref = "UB" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "钱进",
                LocalDate.of(1980, 1, 1),
                BRANCH,
                null,
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of("email", ref.toLowerCase(Locale.ROOT) + "@example.com"),
                Map.of())),
        "test");
    consents.record(
        List.of(
            new ConsentChange(
                ref,
                Purpose.ACTIVITY,
                Channel.EMAIL,
                ConsentState.GRANTED,
                "app",
                "2026-01",
                clock.instant().minus(Duration.ofDays(1)),
                null,
                "test")),
        "test");
    return ref;
  }

  private long id(String ref) {
    return Objects.requireNonNull(customers.idsOf(List.of(ref)).get(ref));
  }

  private String template() {
    TemplateVersion version =
        templates.submit(
            new TemplateMetadata(
                "ub-" + UUID.randomUUID().toString().substring(0, 8),
                "退订测试",
                Channel.EMAIL,
                Purpose.ACTIVITY,
                "none",
                List.of("broker.name", "broker.unsubscribe"),
                "投资者教育活动",
                false,
                Map.of(),
                null),
            "<p>推广材料</p><p>${broker.name}邀请您参加线上投资者教育活动，内容为账户功能介绍。</p>"
                + "<p>退订方式：${broker.unsubscribe}</p>",
            "author");
    HeldReviews.approve(templates, version);
    return version.code();
  }
}
