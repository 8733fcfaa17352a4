package io.waymark.advisor;

import io.waymark.advisor.Choosing.Choice;
import io.waymark.advisor.Choosing.Question;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Gives tasks of campaigns to advisors who have a place left, at every door by which a task changes
 * hands; other tasks it leaves to {@link Choosing}.
 */
@Component
class CampaignGiving {

  private final CampaignPlaces places;
  private final Choosing choosing;

  CampaignGiving(CampaignPlaces places, Choosing choosing) {
    this.places = places;
    this.choosing = choosing;
  }

  /**
   * Chooses for new tasks, one choice for each in their order; those of campaigns by their places.
   */
  List<Choice> choose(List<TaskOffer> offers, List<Question> questions, Instant now) {
    List<Integer> others =
        IntStream.range(0, offers.size()).filter(i -> !counts(offers.get(i))).boxed().toList();
    Map<Integer, Choice> chosen = new HashMap<>();
    if (!others.isEmpty()) {
      List<Choice> ordinary = choosing.choose(others.stream().map(questions::get).toList(), now);
      for (int i = 0; i < others.size(); i++) {
        chosen.put(others.get(i), ordinary.get(i));
      }
    }
    return IntStream.range(0, offers.size())
        .mapToObj(
            i ->
                Optional.ofNullable(chosen.get(i))
                    .orElseGet(() -> choose(offers.get(i), questions.get(i), now)))
        .toList();
  }

  /** Chooses the advisor a task was promised to, else somebody with a place left, and takes it. */
  private Choice choose(TaskOffer offer, Question question, Instant now) {
    Optional<String> promised = places.promised(offer.participationId());
    if (promised.filter(advisor -> choosing.couldTake(question, advisor, now)).isPresent()) {
      String advisor = promised.get();
      places.kept(offer.participationId(), advisor, offer.taskId());
      return new Choice(
          advisor,
          advisor.equals(question.own())
              ? RoutingReason.CAMPAIGN_OWN
              : RoutingReason.CAMPAIGN_SHARED);
    }
    places.giveBack(offer.participationId());
    Choice choice = one(without(question, places.full(offer.journeyKey(), now)), now);
    String advisor = choice.advisor();
    boolean placed =
        advisor == null
            || places.take(
                offer.journeyKey(), offer.participationId(), offer.taskId(), advisor, now);
    return placed ? choice : new Choice(null, RoutingReason.POOL);
  }

  /** Chooses somebody else for an open task; who has no place left is not asked. */
  Choice chooseAgain(AdvisorTask task, Question question, Instant now) {
    return counts(task)
        ? one(without(question, places.full(task.journeyKey(), now)), now)
        : one(question, now);
  }

  /**
   * Takes the place for a task that changes hands.
   *
   * @return false when the new holder has none left today
   */
  boolean take(AdvisorTask task, String advisor, Instant now) {
    return !counts(task)
        || places.take(task.journeyKey(), task.participationId(), task.taskId(), advisor, now);
  }

  private Choice one(Question question, Instant now) {
    return choosing.choose(List.of(question), now).get(0);
  }

  private static boolean counts(TaskOffer offer) {
    return CampaignPlaces.counts(offer.journeyKey(), offer.needs().kind());
  }

  private static boolean counts(AdvisorTask task) {
    return CampaignPlaces.counts(task.journeyKey(), task.needs().kind());
  }

  private static Question without(Question question, Set<String> full) {
    return new Question(
        question.branch(),
        question.qualification(),
        question.needs(),
        question.own(),
        Stream.concat(question.not().stream(), full.stream()).collect(Collectors.toSet()),
        question.ownFirst());
  }
}
