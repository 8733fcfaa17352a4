package io.waymark.engine.setup;

import io.waymark.platform.rehearsal.Rehearsing;
import java.util.Set;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.jspecify.annotations.Nullable;

/**
 * What the engine keeps of the past: instances, tasks, incidents and the acts of operators, which
 * Cockpit and Tasklist show. Activities and variables are not kept; facts per node are Waymark's
 * own rows, written once per transaction.
 *
 * <p>Of a rehearsal nothing is kept: no Cockpit looks at a stage. Asked without an entity, as when
 * a definition is read, the answer is the same everywhere, because stage and house share what was
 * read.
 *
 * <p>The id is stored in the database and can never change.
 */
public class WaymarkHistoryLevel implements HistoryLevel {

  /** Name under which the level is configured. */
  public static final String NAME = "waymark";

  private static final int ID = 7240;

  private static final Set<HistoryEventType> KEPT =
      Set.of(
          HistoryEventTypes.PROCESS_INSTANCE_START,
          HistoryEventTypes.PROCESS_INSTANCE_UPDATE,
          HistoryEventTypes.PROCESS_INSTANCE_MIGRATE,
          HistoryEventTypes.PROCESS_INSTANCE_END,
          HistoryEventTypes.TASK_INSTANCE_CREATE,
          HistoryEventTypes.TASK_INSTANCE_UPDATE,
          HistoryEventTypes.TASK_INSTANCE_MIGRATE,
          HistoryEventTypes.TASK_INSTANCE_COMPLETE,
          HistoryEventTypes.TASK_INSTANCE_DELETE,
          HistoryEventTypes.INCIDENT_CREATE,
          HistoryEventTypes.INCIDENT_UPDATE,
          HistoryEventTypes.INCIDENT_MIGRATE,
          HistoryEventTypes.INCIDENT_RESOLVE,
          HistoryEventTypes.INCIDENT_DELETE,
          HistoryEventTypes.USER_OPERATION_LOG,
          HistoryEventTypes.BATCH_START,
          HistoryEventTypes.BATCH_UPDATE,
          HistoryEventTypes.BATCH_END);

  @Override
  public int getId() {
    return ID;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isHistoryEventProduced(HistoryEventType type, @Nullable Object entity) {
    return KEPT.contains(type) && !(entity != null && Rehearsing.on());
  }
}
