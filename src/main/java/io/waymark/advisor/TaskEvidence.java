package io.waymark.advisor;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves what became of a task: codes and ids only, the note stays sealed beside the task. */
@Component
class TaskEvidence {

  private final EvidenceLog log;

  TaskEvidence(EvidenceLog log) {
    this.log = log;
  }

  void append(AdvisorTask task, EvidenceKind kind, String actor, String reason) {
    log.append(entry(task, kind, actor, reason, Map.of()));
  }

  /** Proves an answer; what was written in own words is not among the facts. */
  void completed(AdvisorTask task, String actor, TaskAnswers answers) {
    Map<String, Object> further = new HashMap<>();
    answers.facts().forEach(answer -> further.put(answer.key(), answer.value()));
    log.append(entry(task, EvidenceKind.TASK_COMPLETED, actor, "completed", further));
  }

  /** Proves that tasks were given to somebody or to the pool, each with its own reason. */
  void assigned(List<AdvisorTask> tasks) {
    log.appendAll(
        tasks.stream()
            .map(
                task ->
                    entry(
                        task, EvidenceKind.TASK_ASSIGNED, "system", task.reason().code(), Map.of()))
            .toList());
  }

  private static EvidenceEntry entry(
      AdvisorTask task,
      EvidenceKind kind,
      String actor,
      String reason,
      Map<String, Object> further) {
    Map<String, Object> facts = new HashMap<>(further);
    facts.put("journey", task.journeyKey());
    facts.put("node", task.node());
    facts.put("participation", task.participationId());
    facts.put("reason", reason);
    facts.put("dueAt", task.dueAt().toString());
    put(facts, "assignee", task.assignee());
    put(facts, "qualification", task.qualification());
    put(facts, "escalatedTo", task.escalatedTo());
    put(facts, "outcome", task.outcome());
    return new EvidenceEntry(
        kind, "task:" + task.taskId(), task.customerId(), task.branch(), actor, facts);
  }

  private static void put(Map<String, Object> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
