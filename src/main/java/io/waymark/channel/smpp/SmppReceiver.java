package io.waymark.channel.smpp;

import io.waymark.channel.Inbound;
import io.waymark.channel.Receipt;
import io.waymark.channel.ReceiptKind;
import io.waymark.channel.Reply;
import io.waymark.channel.SentIds;
import io.waymark.channel.vendor.Digests;
import io.waymark.platform.Channel;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.InvalidDeliveryReceiptException;

/**
 * What the carrier delivers: reports on parts of messages, and what customers write. What cannot be
 * kept now is refused for now (ESME_RX_T_APPN), so that the carrier brings it again: a report may
 * be faster than our own record of the message.
 */
final class SmppReceiver implements MessageReceiverListener {

  private static final Set<DeliveryReceiptState> FAILED =
      Set.of(
          DeliveryReceiptState.EXPIRED,
          DeliveryReceiptState.DELETED,
          DeliveryReceiptState.UNDELIV,
          DeliveryReceiptState.REJECTD);

  private final SentIds sentIds;
  private final Inbound inbound;
  private final Clock clock;

  SmppReceiver(SentIds sentIds, Inbound inbound, Clock clock) {
    this.sentIds = sentIds;
    this.inbound = inbound;
    this.clock = clock;
  }

  @Override
  public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
    try {
      if (message.isSmscDeliveryReceipt()) {
        report(message);
      } else {
        inbound.pass(List.of(), List.of(reply(message)));
      }
    } catch (InvalidDeliveryReceiptException e) {
      throw new ProcessRequestException("unreadable receipt", SMPPConstant.STAT_ESME_RX_P_APPN);
    } catch (RuntimeException e) {
      throw later("not kept");
    }
  }

  private void report(DeliverSm message)
      throws InvalidDeliveryReceiptException, ProcessRequestException {
    DeliveryReceipt receipt = message.getShortMessageAsDeliveryReceipt();
    boolean delivered = receipt.getFinalStatus() == DeliveryReceiptState.DELIVRD;
    if (!delivered && !FAILED.contains(receipt.getFinalStatus())) {
      return;
    }
    String providerId =
        Arrays.stream(message.getOptionalParameters())
            .filter(OptionalParameter.Receipted_message_id.class::isInstance)
            .map(one -> ((OptionalParameter.Receipted_message_id) one).getValueAsString())
            .findFirst()
            .orElse(receipt.getId());
    Optional<SentIds.Fate> fate = sentIds.ended(SmppSms.NAME, providerId, delivered);
    if (fate.isEmpty()) {
      throw later("message not known yet");
    }
    if (fate.get().decided()) {
      ReceiptKind kind = fate.get().delivered() ? ReceiptKind.DELIVERED : ReceiptKind.FAILED;
      inbound.pass(
          List.of(
              new Receipt(
                  fate.get().messageId(),
                  Channel.SMS,
                  kind,
                  clock.instant(),
                  receipt.getFinalStatus().name(),
                  SmppSms.NAME + ":" + fate.get().messageId() + ":" + kind.code())),
          List.of());
    }
  }

  private Reply reply(DeliverSm message) {
    boolean headed = GSMSpecificFeature.UDHI.containedIn(message.getEsmClass());
    String text = SmppText.read(message.getShortMessage(), headed, message.getDataCoding());
    String number = message.getSourceAddr().replaceFirst("^(\\+|00)?86(?=1\\d{10}$)", "");
    Instant now = clock.instant();
    // The protocol gives a reply no name; one that is brought again comes within moments.
    String id =
        Digests.sha256(
                Digests.bytes(
                    number
                        + " "
                        + now.truncatedTo(ChronoUnit.MINUTES).getEpochSecond()
                        + " "
                        + text))
            .substring(0, 32);
    return new Reply(SmppSms.NAME, Channel.SMS, number, text, now, SmppSms.NAME + ":up:" + id);
  }

  private static ProcessRequestException later(String why) {
    return new ProcessRequestException(why, SMPPConstant.STAT_ESME_RX_T_APPN);
  }

  @Override
  public void onAcceptAlertNotification(AlertNotification alert) {
    // Says that a telephone is on again; nobody waits for that.
  }

  @Override
  public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
    throw new ProcessRequestException("data_sm is not used", SMPPConstant.STAT_ESME_RINVCMDID);
  }
}
