package io.waymark.engine.step;

import io.waymark.contact.AlreadySent;
import io.waymark.contact.MessageSender;
import io.waymark.contact.NotSent;
import io.waymark.contact.SendResult;
import io.waymark.contact.Sent;
import io.waymark.engine.run.JourneyTransactions;
import io.waymark.engine.run.OwnMessage;
import io.waymark.engine.run.StepsTogether;
import io.waymark.engine.sandbox.StepSettings;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Sends a message (发送) through the gate. It never waits: the claim, the frozen text, the verdict
 * and the outbox row commit with the token; the provider is called later, outside the engine.
 */
@Component
class SendMessage extends StepForMany<SendResult> {

  private final MessageSender sender;
  private final Contacts contacts;

  SendMessage(
      JourneyTransactions transactions,
      StepsTogether together,
      MessageSender sender,
      Contacts contacts) {
    super(
        new StepSettings("sendMessage", Set.of("template"), Set.of("product")),
        transactions,
        together);
    this.sender = sender;
    this.contacts = contacts;
  }

  @Override
  List<SendResult> ask(List<StepCall> calls) {
    return sender.send(calls.stream().map(contacts::request).toList());
  }

  @Override
  void conclude(StepCall call, SendResult result) {
    if (result instanceof NotSent notSent) {
      String reason = notSent.verdict().reason().code();
      call.set("verdictReason", reason);
      throw call.withheld(reason);
    }
    if (result instanceof Sent sent) {
      call.set(OwnMessage.LAST, sent.messageId().toString());
    } else if (result instanceof AlreadySent already) {
      call.set(OwnMessage.LAST, already.messageId().toString());
    }
  }
}
