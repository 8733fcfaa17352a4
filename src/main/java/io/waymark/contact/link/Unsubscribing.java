package io.waymark.contact.link;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptListener;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.Customers;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends messages by the address in a message, without a sign-in: whoever holds the message may
 * refuse and nothing else. Refusals count from their commit on; what waits in the outbox stops at
 * its gate (个人信息保护法 art. 15: withdrawing must be as easy as giving).
 */
@Component
public class Unsubscribing {

  private static final List<Purpose> MARKETING =
      List.of(Purpose.PRODUCT_MARKETING, Purpose.MARGIN_MARKETING, Purpose.ACTIVITY);

  /** What may be refused here; service notices rest on the contract, not on consent. */
  private static final List<Purpose> REFUSABLE =
      List.of(
          Purpose.PRODUCT_MARKETING,
          Purpose.MARGIN_MARKETING,
          Purpose.ACTIVITY,
          Purpose.EDUCATION,
          Purpose.PERSONALISATION);

  private static final List<Channel> REACHABLE =
      List.of(
          Channel.EMAIL,
          Channel.SMS,
          Channel.WECHAT,
          Channel.WECOM,
          Channel.PUSH,
          Channel.IN_APP,
          Channel.PHONE);

  private final StoredLinks stored;
  private final Customers customers;
  private final Consents consents;
  private final ReceiptListener receipts;
  private final Clock clock;

  Unsubscribing(
      StoredLinks stored,
      Customers customers,
      Consents consents,
      ReceiptListener receipts,
      Clock clock) {
    this.stored = stored;
    this.customers = customers;
    this.consents = consents;
    this.receipts = receipts;
    this.clock = clock;
  }

  /**
   * What a page may offer; it names nobody.
   *
   * @param channel the channel the message came by
   * @param chosen purposes that are refused when nothing else is said
   */
  public record Offer(
      Channel channel, List<Purpose> purposes, List<Channel> channels, Set<Purpose> chosen) {}

  /** Empty when there is no such address or its time is over. */
  public Optional<Offer> offer(String token) {
    return find(token).map(link -> new Offer(link.channel(), REFUSABLE, REACHABLE, usual(link)));
  }

  /**
   * Refuses what one click refuses (RFC 8058): marketing, and what the message was for, on the
   * channel it came by.
   *
   * @return false when there is no such address or its time is over
   */
  @Transactional
  public boolean oneClick(String token) {
    Optional<Link> link = find(token);
    link.ifPresent(found -> refuse(found, usual(found), Set.of(found.channel())));
    return link.isPresent();
  }

  /**
   * Refuses what somebody chose; what cannot be refused here is left alone.
   *
   * @return false when there is no such address, its time is over, or nothing was chosen
   */
  @Transactional
  public boolean refuse(String token, Collection<Purpose> purposes, Collection<Channel> channels) {
    Set<Purpose> wanted = EnumSet.noneOf(Purpose.class);
    purposes.stream().filter(REFUSABLE::contains).forEach(wanted::add);
    Set<Channel> where = EnumSet.noneOf(Channel.class);
    channels.stream().filter(REACHABLE::contains).forEach(where::add);
    Optional<Link> link = find(token);
    if (link.isEmpty() || wanted.isEmpty() || where.isEmpty()) {
      return false;
    }
    refuse(link.get(), wanted, where);
    return true;
  }

  private Optional<Link> find(String token) {
    return stored.find(token, Link.Kind.UNSUBSCRIBE, clock.instant());
  }

  private static Set<Purpose> usual(Link link) {
    Set<Purpose> usual = EnumSet.copyOf(MARKETING);
    if (REFUSABLE.contains(link.purpose())) {
      usual.add(link.purpose());
    }
    return usual;
  }

  private void refuse(Link link, Set<Purpose> purposes, Set<Channel> channels) {
    Instant now = clock.instant();
    String ref = customers.refsOf(List.of(link.customerId())).get(link.customerId());
    if (ref == null) {
      // An erased customer is contacted by nobody.
      return;
    }
    List<ConsentChange> changes = new ArrayList<>();
    for (Purpose purpose : purposes) {
      for (Channel channel : channels) {
        changes.add(
            new ConsentChange(
                ref,
                purpose,
                channel,
                ConsentState.REFUSED,
                "unsubscribe_link",
                "",
                now,
                null,
                "message:" + link.messageId()));
      }
    }
    BatchReport report = consents.record(changes, "system");
    if (!report.problems().isEmpty()) {
      throw new IllegalStateException("refusals not recorded: " + report.problems().size());
    }
    if (purposes.containsAll(MARKETING)) {
      receipts.received(
          List.of(
              new Receipt(
                  link.messageId(),
                  link.channel(),
                  ReceiptKind.UNSUBSCRIBED,
                  now,
                  null,
                  "link:" + link.token())));
    }
  }
}
