package io.waymark.engine.run;

import io.waymark.customer.identity.CustomersMerged;
import io.waymark.customer.rights.CustomerErasing;
import io.waymark.journey.Leaving;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Takes a customer out of every journey, in the transaction that says why. */
@Component
class EndedWays {

  private final Participations participations;
  private final JourneyTransactions transactions;
  private final JourneyBooks books;
  private final EngineCommands commands;
  private final RuntimeService runtime;

  EndedWays(
      Participations participations,
      JourneyTransactions transactions,
      JourneyBooks books,
      EngineCommands commands,
      RuntimeService runtime) {
    this.participations = participations;
    this.transactions = transactions;
    this.books = books;
    this.commands = commands;
    this.runtime = runtime;
  }

  @EventListener
  @Order(1)
  void on(CustomersMerged merged) {
    List<Participation> later = participations.later(merged.survivorId(), merged.absorbedId());
    end(later, Participations.TWICE);
    // Written at once and not at the commit: the other way becomes the same customer's next.
    books.left(
        later.stream()
            .map(one -> new Leaving(one.id(), Participations.TWICE, null, Participations.TWICE))
            .toList(),
        later.stream().collect(Collectors.toMap(Participation::id, Function.identity())));
  }

  @EventListener
  @Order(1)
  void on(CustomerErasing erasing) {
    erasing.customerIds().forEach(id -> end(participations.ofCustomer(id), "erased"));
  }

  private void end(List<Participation> ways, String reason) {
    List<Participation> inside =
        ways.stream()
            .filter(one -> one.leftAt() == null && one.processInstanceId() != null)
            .toList();
    if (inside.isEmpty()) {
      return;
    }
    transactions.know(inside.stream().map(Participation::id).toList());
    inside.forEach(one -> transactions.leaving(one.id(), reason, null));
    commands.unhindered(
        () ->
            inside.forEach(
                one ->
                    runtime.deleteProcessInstance(
                        Objects.requireNonNull(one.processInstanceId()), reason)));
  }
}
