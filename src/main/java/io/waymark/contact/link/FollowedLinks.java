package io.waymark.contact.link;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.ReceiptListener;
import io.waymark.customer.ConsentMatrix;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.platform.Purpose;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What happens when an address of ours is asked for. A visit is told on, as a receipt, once per
 * address, when it looks like a person's and the customer still agrees to be observed; the link
 * leads on in any case.
 */
@Component
public class FollowedLinks {

  private final StoredLinks stored;
  private final Consents consents;
  private final ReceiptListener receipts;
  private final Clock clock;

  FollowedLinks(StoredLinks stored, Consents consents, ReceiptListener receipts, Clock clock) {
    this.stored = stored;
    this.consents = consents;
    this.receipts = receipts;
    this.clock = clock;
  }

  /** Where a link leads; empty when there is none or its time is over. */
  public Optional<URI> follow(String token, Visit visit) {
    Optional<Link> link = stored.find(token, Link.Kind.CLICK, clock.instant());
    link.ifPresent(found -> tell(found, ReceiptKind.CLICKED, visit));
    return link.map(found -> URI.create(String.valueOf(found.target())));
  }

  /** Notes that the picture in a mail was asked for; says nothing about whether there is one. */
  public void see(String token, Visit visit) {
    stored
        .find(token, Link.Kind.OPEN, clock.instant())
        .ifPresent(found -> tell(found, ReceiptKind.OPENED, visit));
  }

  private void tell(Link link, ReceiptKind kind, Visit visit) {
    Instant now = clock.instant();
    if (visit.byPerson() && agrees(link, now)) {
      receipts.received(
          List.of(
              new Receipt(
                  link.messageId(), link.channel(), kind, now, null, "link:" + link.token())));
    }
  }

  private boolean agrees(Link link, Instant now) {
    ConsentMatrix matrix =
        consents
            .of(List.of(link.customerId()))
            .getOrDefault(link.customerId(), ConsentMatrix.empty());
    return matrix.state(Purpose.PERSONALISATION, link.channel(), now) == ConsentState.GRANTED;
  }
}
