package io.waymark.engine.run;

import io.waymark.advisor.TaskRefusedException;
import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Completes tasks of many customers in one command of the engine, by the rules that hold for each
 * alone: their customers are locked, their instances loaded and their rows written together. For
 * rehearsals, where many advisors answer at the same moment; live, each answer commits alone.
 */
@Component
public class AnswersTogether {

  private final JdbcClient jdbc;
  private final AdvisorDesk desk;
  private final EngineCommands commands;
  private final InstanceLoading instances;
  private final JourneyTransactions transactions;

  AnswersTogether(
      JdbcClient jdbc,
      AdvisorDesk desk,
      EngineCommands commands,
      InstanceLoading instances,
      JourneyTransactions transactions) {
    this.jdbc = jdbc;
    this.desk = desk;
    this.commands = commands;
    this.instances = instances;
    this.transactions = transactions;
  }

  /**
   * One advisor's answer to one task.
   *
   * @param taskId the engine's id of an open task
   * @param participationId of the customer whose task it is
   * @param outcome code among those the task allows
   * @param advisor user name of its holder
   */
  public record Answer(String taskId, long participationId, String outcome, String advisor) {}

  /**
   * Completes all of these tasks, or none.
   *
   * @throws TaskRefusedException when one of them may not be answered so; nothing has happened then
   */
  @Transactional
  public void complete(List<Answer> answers) {
    commands.together(
        () -> {
          // What a person did in the engine is kept for Cockpit; these are nobody's acts.
          Context.getCommandContext().disableUserOperationLog();
          transactions.know(answers.stream().map(Answer::participationId).toList());
          instances.load(instancesOf(answers));
          answers.forEach(
              one ->
                  desk.complete(
                      one.taskId(), one.outcome(), null, one.advisor(), List.of("advisor")));
        });
  }

  private List<String> instancesOf(List<Answer> answers) {
    return jdbc.sql("select distinct proc_inst_id_ from act_ru_task where id_ = any(?)")
        .param(answers.stream().map(Answer::taskId).toArray(String[]::new))
        .query(String.class)
        .list();
  }
}
