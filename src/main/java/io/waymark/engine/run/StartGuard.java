package io.waymark.engine.run;

import io.waymark.journey.JourneyRefusedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/**
 * Refuses an instance that Waymark is not itself starting for an admitted customer: a draft started
 * through REST or Tasklist would contact people under a version nobody approved.
 */
@Component
class StartGuard implements ExecutionListener {

  private final JourneyTransactions transactions;

  StartGuard(JourneyTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void notify(DelegateExecution execution) {
    String businessKey = execution.getProcessBusinessKey();
    if (!BusinessKey.isOne(businessKey)
        || !transactions.current().isStarting(BusinessKey.participation(businessKey))) {
      throw new JourneyRefusedException("start_by_waymark_only", "旅程只能由路标按已审批的版本启动,不能直接启动流程实例。");
    }
  }
}
