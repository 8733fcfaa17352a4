package io.waymark.engine.watch;

import io.waymark.customer.CustomerLocks;
import io.waymark.customer.event.ParkedEvents;
import io.waymark.engine.run.EventDelivery;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.EnrolmentRunner;
import io.waymark.journey.FailureReason;
import io.waymark.platform.staff.BranchScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mends what is stuck, each case in a transaction of its own with its proof. A case is looked at
 * again with its customer locked, so that what got well by itself is left alone, and a second click
 * does nothing.
 */
@Component
public class Mending {

  private static final int SHORTEST = 4;
  private static final int LONGEST = 200;

  /** Batches of a worker's work that one mending does at most in the worker's place. */
  private static final int ROUNDS = 40;

  private final Searches searches;
  private final Mends mends;
  private final CustomerLocks locks;
  private final ManagementService management;
  private final EnrolmentRunner enrolments;
  private final EventDelivery delivery;
  private final ParkedEvents parked;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  Mending(
      Searches searches,
      Mends mends,
      CustomerLocks locks,
      ManagementService management,
      EnrolmentRunner enrolments,
      EventDelivery delivery,
      ParkedEvents parked,
      EvidenceLog evidence,
      TransactionTemplate transaction) {
    this.searches = searches;
    this.mends = mends;
    this.locks = locks;
    this.management = management;
    this.enrolments = enrolments;
    this.delivery = delivery;
    this.parked = parked;
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /**
   * What became of a mending.
   *
   * @param mended how many were mended
   * @param well how many had got well by themselves
   * @param failed those that could not be mended, with the reason
   */
  public record Report(int mended, int well, List<Failed> failed) {

    public Report {
      failed = List.copyOf(failed);
    }
  }

  /** A case that could not be mended, and why. */
  public record Failed(String subject, String reason) {}

  /**
   * Mends these cases of one kind.
   *
   * @param reason the person's words, 4 to 200 characters
   * @param by user name
   * @throws IllegalArgumentException when there is no such reason, or the kind has no mending
   */
  public Report mend(
      StuckKind kind, Collection<StuckCase> cases, String reason, String by, BranchScope scope) {
    if (reason.strip().length() < SHORTEST || reason.strip().length() > LONGEST) {
      throw new IllegalArgumentException("请写明处理原因，4 到 200 个字。");
    }
    int mended = 0;
    int well = 0;
    List<Failed> failed = new ArrayList<>();
    for (StuckCase one : cases) {
      if (!scope.covers(one.branch())) {
        failed.add(new Failed(one.subject(), "不在您的营业部范围内。"));
        continue;
      }
      try {
        if (mendOne(kind, one, reason.strip(), by, scope)) {
          mended++;
        } else {
          well++;
        }
      } catch (OptimisticLockingException busy) {
        failed.add(new Failed(one.subject(), "该客户正在前进，请稍后再看。"));
      } catch (RuntimeException failure) {
        failed.add(new Failed(one.subject(), FailureReason.of(failure)));
      }
    }
    return new Report(mended, well, failed);
  }

  private boolean mendOne(
      StuckKind kind, StuckCase one, String reason, String by, BranchScope scope) {
    boolean stands =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  Optional.ofNullable(one.customerId()).ifPresent(id -> locks.lock(List.of(id)));
                  if (!searches.still(kind, Set.of(one.subject())).contains(one.subject())) {
                    return false;
                  }
                  mends.mend(kind, one);
                  if (one.subject().startsWith("parked:")) {
                    parked.retry(Long.parseLong(Mends.id(one)), scope, by);
                  }
                  prove(kind, one, reason, by);
                  return true;
                }));
    if (stands) {
      goOn(kind, one);
    }
    return stands;
  }

  /**
   * What a worker of some node should have done is done here, so that its result is seen at once.
   */
  private void goOn(StuckKind kind, StuckCase one) {
    switch (kind) {
      case INCIDENT, DEAD_JOB, JOB_OVERDUE, JOB_LOCKED -> management.executeJob(Mends.id(one));
      case ENROLMENT_WAITS -> untilWell(kind, one, enrolments::runNext);
      case EVENT_WAITS -> untilWell(kind, one, delivery::deliverNext);
      default -> {
        // The mending itself was all there is to do.
      }
    }
  }

  private void untilWell(StuckKind kind, StuckCase one, IntSupplier work) {
    for (int round = 0; round < ROUNDS; round++) {
      boolean done = work.getAsInt() == 0;
      if (done || searches.still(kind, Set.of(one.subject())).isEmpty()) {
        return;
      }
    }
  }

  private void prove(StuckKind kind, StuckCase one, String reason, String by) {
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.JOURNEY_MENDED,
            one.subject(),
            one.customerId(),
            one.customerId() == null ? null : one.branch(),
            by,
            Map.of("kind", kind.code(), "node", one.node(), "reason", reason)));
  }
}
