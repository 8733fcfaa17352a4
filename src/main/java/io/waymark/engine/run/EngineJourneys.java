package io.waymark.engine.run;

import io.waymark.journey.JourneyEngine;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.NewParticipation;
import io.waymark.journey.Participation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts instances of approved versions, many in one command of the engine. */
@Component
class EngineJourneys implements JourneyEngine {

  private final RuntimeService runtime;
  private final EngineCommands commands;
  private final JourneyTransactions transactions;

  EngineJourneys(
      RuntimeService runtime, EngineCommands commands, JourneyTransactions transactions) {
    this.runtime = runtime;
    this.commands = commands;
    this.transactions = transactions;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, String> start(JourneyVersion version, List<NewParticipation> participations) {
    JourneyTransaction transaction = transactions.current();
    participations.forEach(
        one -> transaction.starting(participation(version, one), one.eventsSince()));
    Map<Long, String> instances = new HashMap<>();
    commands.together(
        () -> participations.forEach(one -> instances.put(one.id(), start(version, one))));
    return instances;
  }

  private String start(JourneyVersion version, NewParticipation participation) {
    ProcessInstance instance =
        runtime.startProcessInstanceById(
            version.definitionId(), BusinessKey.of(version.key(), participation.id()));
    return instance.getProcessInstanceId();
  }

  private Participation participation(JourneyVersion version, NewParticipation one) {
    return new Participation(
        one.id(),
        version.id(),
        version.key(),
        one.customerId(),
        one.branch(),
        null,
        transactions.now(),
        one.entryEventSeq(),
        null,
        null,
        null,
        null);
  }
}
