package io.waymark.engine.migration;

import io.waymark.contact.HeardMessages;
import io.waymark.journey.CustomerMove;
import io.waymark.journey.CustomerMove.Retry;
import io.waymark.journey.CustomerMoves;
import io.waymark.journey.FailureReason;
import io.waymark.journey.JourneyRefusedException;
import io.waymark.journey.MoveHistory;
import io.waymark.journey.MoveHistory.Act;
import io.waymark.journey.NodeVisits;
import io.waymark.journey.Participation;
import io.waymark.journey.Participations;
import io.waymark.platform.staff.BranchScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves single customers. A preview is the move itself, rolled back: what it says is what would
 * happen.
 */
@Component
class EngineMoves implements CustomerMoves {

  private static final Logger log = LoggerFactory.getLogger(EngineMoves.class);

  /** Beyond so many a preview tells what the rules alone say. */
  private static final int TRIED = 20;

  private static final int SHORTEST_REASON = 4;
  private static final int LONGEST_REASON = 200;

  private final Participations participations;
  private final NodeVisits visits;
  private final MoveHistory history;
  private final HeardMessages heard;
  private final DrawnVersions drawings;
  private final Pushing pushing;
  private final TransactionTemplate transaction;

  EngineMoves(
      Participations participations,
      NodeVisits visits,
      MoveHistory history,
      HeardMessages heard,
      DrawnVersions drawings,
      Pushing pushing,
      TransactionTemplate transaction) {
    this.participations = participations;
    this.visits = visits;
    this.history = history;
    this.heard = heard;
    this.drawings = drawings;
    this.pushing = pushing;
    this.transaction = transaction;
  }

  @Override
  public List<Preview> preview(
      Collection<Long> participationIds, CustomerMove move, BranchScope scope) {
    List<Preview> previews = new ArrayList<>();
    for (long id : participationIds) {
      List<String> at = List.of();
      try {
        Participation one = inScope(id, scope);
        at = visits.open(List.of(id)).getOrDefault(id, List.of());
        previews.add(
            new Preview(id, at, null, previews.size() < TRIED ? tried(one, at, move) : List.of()));
      } catch (RuntimeException refused) {
        previews.add(new Preview(id, at, sentence(refused), List.of()));
      }
    }
    return previews;
  }

  private List<String> tried(Participation one, List<String> at, CustomerMove move) {
    Drawn drawn = drawings.of(one.journeyVersionId());
    List<String> effects =
        transaction.execute(
            status -> {
              status.setRollbackOnly();
              List<String> before = heard.at(one.customerId(), one.id());
              List<String> to = pushing.push(one, move);
              List<String> sent = new ArrayList<>(heard.at(one.customerId(), one.id()));
              sent.removeAll(before);
              return effects(drawn, move, at, to, sent);
            });
    return effects == null ? List.of() : effects;
  }

  private static List<String> effects(
      Drawn drawn, CustomerMove move, List<String> at, List<String> to, List<String> sent) {
    List<String> effects = new ArrayList<>();
    if (move instanceof Retry) {
      effects.add("失败的步骤会立即重新执行。");
      return effects;
    }
    at.forEach(node -> effects.add("离开“" + drawn.name(node) + "”。"));
    sent.forEach(node -> effects.add("在“" + drawn.name(node) + "”发送一条消息。"));
    to.forEach(node -> effects.add("到达“" + drawn.name(node) + "”并在那里等待。"));
    if (to.isEmpty()) {
      effects.add("离开旅程。");
    }
    return effects;
  }

  @Override
  public Report perform(
      Collection<Long> participationIds,
      CustomerMove move,
      String reason,
      String by,
      BranchScope scope) {
    String words = reason.strip();
    if (words.length() < SHORTEST_REASON || words.length() > LONGEST_REASON) {
      throw new JourneyRefusedException("reason_missing", "请填写原因，4 到 200 个字。");
    }
    List<Long> done = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (long id : participationIds) {
      try {
        transaction.executeWithoutResult(status -> perform(id, move, words, by, scope));
        done.add(id);
      } catch (RuntimeException failure) {
        refused.add(new Refused(id, code(failure), sentence(failure)));
      }
    }
    return new Report(done, refused);
  }

  private void perform(long id, CustomerMove move, String reason, String by, BranchScope scope) {
    Participation one = inScope(id, scope);
    List<String> at = visits.open(List.of(id)).getOrDefault(id, List.of());
    List<String> to = pushing.push(one, move);
    history.write(
        List.of(new Act(one, one.journeyVersionId(), move.code(), at, to, null)), reason, by);
  }

  private Participation inScope(long id, BranchScope scope) {
    return participations
        .find(id)
        .filter(one -> scope.covers(one.branch()))
        .orElseThrow(() -> new JourneyRefusedException("unknown_participation", "找不到这位在途客户。"));
  }

  @Override
  public List<Place> targets(long participationId) {
    Drawn drawn = drawn(participationId);
    return drawn.nodes().stream()
        .filter(node -> Pushing.isTarget(drawn, node))
        .map(node -> new Place(node.id(), node.name(), node.kind()))
        .toList();
  }

  @Override
  public List<Place> ways(long participationId) {
    List<String> at =
        visits.open(List.of(participationId)).getOrDefault(participationId, List.of());
    Drawn drawn = drawn(participationId);
    return at.size() == 1 ? Ways.of(drawn, at.get(0)) : List.of();
  }

  private Drawn drawn(long participationId) {
    return drawings.of(participations.find(participationId).orElseThrow().journeyVersionId());
  }

  private static String code(RuntimeException failure) {
    return failure instanceof JourneyRefusedException refused ? refused.code() : "failed";
  }

  private static String sentence(RuntimeException failure) {
    if (failure instanceof JourneyRefusedException refused) {
      return refused.getMessage();
    }
    log.info("A customer could not be moved", failure);
    return "执行时出错，没有任何改动：" + FailureReason.of(failure) + "。请处理该问题后再试。";
  }
}
