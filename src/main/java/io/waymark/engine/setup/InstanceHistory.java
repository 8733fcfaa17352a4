package io.waymark.engine.setup;

import io.waymark.engine.run.BusinessKey;
import io.waymark.engine.run.JourneyTransactions;
import java.util.Date;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.jspecify.annotations.Nullable;

/**
 * Writes the end of a journey's instance without reading its start back: the participation, which
 * the transaction knows anyway, began in the same one.
 */
class InstanceHistory extends DbHistoryEventHandler {

  private final JourneyTransactions transactions;

  InstanceHistory(JourneyTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  protected void insertOrUpdate(HistoryEvent event) {
    Date began = event instanceof HistoricProcessInstanceEventEntity end ? began(end) : null;
    if (began == null) {
      super.insertOrUpdate(event);
    } else {
      ((HistoricProcessInstanceEventEntity) event).setStartTime(began);
      getDbEntityManager().merge(event);
    }
  }

  private @Nullable Date began(HistoricProcessInstanceEventEntity end) {
    boolean startedBefore =
        end.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)
            && getDbEntityManager().getCachedEntity(end.getClass(), end.getId()) == null;
    return startedBefore && BusinessKey.isOne(end.getBusinessKey())
        ? Date.from(
            transactions
                .participation(BusinessKey.participation(end.getBusinessKey()))
                .enteredAt()
                .toInstant())
        : null;
  }
}
