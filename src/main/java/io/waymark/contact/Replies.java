package io.waymark.contact;

import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.Reply;
import io.waymark.channel.ReplyListener;
import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.customer.Customers;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What customers write back. A reply names its sender only; it is taken for an answer to the last
 * message that went to that customer by that channel, and then is a receipt like others. Words that
 * end marketing count whether or not such a message is found.
 */
@Component
public class Replies implements ReplyListener {

  private static final Logger log = LoggerFactory.getLogger(Replies.class);
  private static final List<Purpose> MARKETING =
      List.of(Purpose.PRODUCT_MARKETING, Purpose.MARGIN_MARKETING, Purpose.ACTIVITY);

  /** Later than this a reply is no answer to a message any more. */
  private static final Duration ANSWERED_WITHIN = Duration.ofDays(30);

  private final JdbcClient jdbc;
  private final Receipts receipts;
  private final Customers customers;
  private final Consents consents;
  private final ContactPolicies policies;
  private final Clock clock;

  Replies(
      JdbcClient jdbc,
      Receipts receipts,
      Customers customers,
      Consents consents,
      ContactPolicies policies,
      Clock clock) {
    this.jdbc = jdbc;
    this.receipts = receipts;
    this.customers = customers;
    this.consents = consents;
    this.policies = policies;
    this.clock = clock;
  }

  @Override
  @Transactional
  public void replied(List<Reply> replies) {
    Map<String, Set<Long>> senders =
        customers.holdersOf(replies.stream().map(Replies::identity).distinct().toList());
    Map<Long, String> refs =
        customers.refsOf(senders.values().stream().flatMap(Set::stream).distinct().toList());
    List<Receipt> answers = new ArrayList<>();
    List<ConsentChange> refusals = new ArrayList<>();
    int strangers = 0;
    for (Reply reply : replies) {
      Set<Long> holders = senders.getOrDefault(identity(reply), Set.of());
      if (holders.isEmpty()) {
        strangers++;
        continue;
      }
      LastMessage answered = lastMessage(holders, reply).orElse(null);
      if (answered != null) {
        answers.add(receipt(reply, answered.messageId()));
      }
      if (policies.at(clock.instant()).unsubscribeWords().matches(reply.text())) {
        // A number several customers share refuses for all of them: nobody can say who typed it.
        holders.stream()
            .filter(holder -> answered == null || answered.person() != holder)
            .map(refs::get)
            .filter(Objects::nonNull)
            .forEach(ref -> refusals.addAll(refusals(reply, ref)));
      }
    }
    if (strangers > 0) {
      log.info("{} of {} replies came from nobody we know", strangers, replies.size());
    }
    receipts.received(answers);
    record(refusals);
  }

  private static String identity(Reply reply) {
    return (reply.channel() == Channel.SMS ? "mobile" : reply.channel().code())
        + ":"
        + reply.address();
  }

  private record LastMessage(UUID messageId, long person) {}

  /** What was last sent to that address, to whichever record of whichever of its holders. */
  private Optional<LastMessage> lastMessage(Collection<Long> holders, Reply reply) {
    return jdbc.sql(
            """
            select m.message_id, p.person
              from person_record p join message m on m.customer_id = p.record
             where p.person = any(?) and m.channel = ? and m.created_at > ?
               and m.sent_at is not null
             order by m.created_at desc limit 1
            """)
        .params(
            Column.ids(holders),
            reply.channel().code(),
            Column.at(clock.instant().minus(ANSWERED_WITHIN)))
        .query(LastMessage.class)
        .optional();
  }

  private static Receipt receipt(Reply reply, UUID messageId) {
    return new Receipt(
        messageId,
        reply.channel(),
        ReceiptKind.REPLIED,
        reply.at(),
        reply.text(),
        reply.providerReplyId());
  }

  /** The time is ours: a vendor's clock must not put a refusal before the grant it ends. */
  private List<ConsentChange> refusals(Reply reply, String ref) {
    Instant now = clock.instant();
    return MARKETING.stream()
        .map(
            purpose ->
                new ConsentChange(
                    ref,
                    purpose,
                    reply.channel(),
                    ConsentState.REFUSED,
                    reply.channel().code() + "_reply",
                    "",
                    now,
                    null,
                    "reply:" + reply.providerReplyId()))
        .toList();
  }

  private void record(List<ConsentChange> refusals) {
    BatchReport report = consents.record(refusals, "system");
    if (!report.problems().isEmpty()) {
      // A refusal that is not written would let the next message out; the provider repeats it.
      throw new IllegalStateException("refusals not recorded: " + report.problems().size());
    }
  }
}
