package io.waymark.contact;

import io.waymark.platform.crypto.CustomerVault;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a customer sees at a place of the App now (资源位). */
@Component
public class InAppSlots {

  private static final int SHOWN = 5;

  private final InAppMessages placed;
  private final FactsLoader facts;
  private final GateChain gates;
  private final CustomerVault vault;
  private final Clock clock;

  InAppSlots(
      InAppMessages placed,
      FactsLoader facts,
      @Qualifier("inAppGates") GateChain gates,
      CustomerVault vault,
      Clock clock) {
    this.placed = placed;
    this.facts = facts;
    this.gates = gates;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * The content a customer sees at a slot now, at most five, highest priority first; consent and
   * approval are looked at again, since either may be gone since it was placed. The App waits for
   * the answer: what is asked of the database does not depend on how much stands there.
   */
  @Transactional(readOnly = true)
  public List<SlotContent> current(long customerId, String slot) {
    Instant now = clock.instant();
    List<InAppMessages.Placed> standing = placed.at(customerId, slot, now, SHOWN);
    if (standing.isEmpty()) {
      return List.of();
    }
    BatchFacts batch =
        facts.look(standing.stream().map(one -> one.message().request()).toList(), now);
    List<InAppMessages.Placed> shown =
        standing.stream().filter(one -> passes(one.message(), batch, now)).toList();
    Map<UUID, FrozenTexts.Text> texts =
        FrozenTexts.open(vault, shown.stream().map(InAppMessages.Placed::message).toList());
    return shown.stream()
        .map(one -> content(one, slot, texts.get(one.message().messageId())))
        .flatMap(Stream::ofNullable)
        .filter(content -> batch.recalls().in(words(content)).isEmpty())
        .toList();
  }

  private boolean passes(StoredMessages.Stored message, BatchFacts batch, Instant now) {
    ContactFacts known =
        batch.of(message.request(), message.messageId()).approvedAs(message.templateVersionId());
    return gates.ask(new GateQuestion(message.request(), known, batch.policy(), now)).verdict()
        instanceof Allowed;
  }

  private static String words(SlotContent content) {
    return content.subject() == null ? content.body() : content.subject() + "\n" + content.body();
  }

  private static @Nullable SlotContent content(
      InAppMessages.Placed one, String slot, FrozenTexts.@Nullable Text text) {
    return text == null
        ? null
        : new SlotContent(
            one.message().messageId(),
            slot,
            text.subject(),
            text.body(),
            one.message().request().template(),
            one.product(),
            one.placedAt(),
            one.validUntil());
  }
}
