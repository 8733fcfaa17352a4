package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.advisor.AdvisorProfile;
import io.waymark.advisor.AdvisorTask;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.CampaignPlaces;
import io.waymark.advisor.MoveReason;
import io.waymark.advisor.TaskRefusedException;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.TaskStatus;
import io.waymark.advisor.WorkFilter;
import io.waymark.advisor.WorkList;
import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.CampaignDays;
import io.waymark.advisor.campaign.CampaignTerms;
import io.waymark.advisor.campaign.Campaigns;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewRefusedException;
import io.waymark.compliance.review.Reviews;
import io.waymark.customer.RiskTolerance;
import io.waymark.engine.campaign.CampaignDesk;
import io.waymark.engine.campaign.CampaignRelease;
import io.waymark.engine.campaign.CampaignState;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.journey.publication.PublicationRound;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.segment.AudienceDraft;
import io.waymark.segment.Audiences;
import io.waymark.testing.MovableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The margin case of J6: head office pushes an audience with strategy and materials. */
@WithTravellers
class CampaignTest {

  private static final String WAITING = "Gw_Wait";

  @Autowired Travellers travellers;
  @Autowired ReviewDesk desk;
  @Autowired Reviews reviews;
  @Autowired Campaigns campaigns;
  @Autowired CampaignDesk orders;
  @Autowired CampaignRelease release;
  @Autowired CampaignPlaces places;
  @Autowired PublicationRound round;
  @Autowired Audiences audiences;
  @Autowired StaffDirectory staff;
  @Autowired Advisors advisors;
  @Autowired WorkList workList;
  @Autowired TaskRouting routing;
  @Autowired EvidenceLog evidence;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MovableClock clock;

  private final String word = "c" + UUID.randomUUID().toString().substring(0, 8);
  private final String own = word + "-own";
  private final String other = word + "-other";
  private final List<Traveller> people = new ArrayList<>();

  @BeforeEach
  void an_audience_and_two_advisors() {
    travellers.open();
    travellers.settle();
    clock.reset();
    for (String username : List.of(own, other)) {
      staff.save(
          new StaffMember(username, username, Role.ADVISOR, Travellers.BRANCH, false, true), null);
      employ(username, 1_000);
    }
    // The people of other tests take no part.
    for (String username : List.of(Travellers.ADVISOR, Travellers.LEADER)) {
      employ(username, 0, "advisory");
    }
  }

  @AfterEach
  void everybody_goes_home() {
    clock.reset();
    for (String username : List.of(own, other)) {
      staff.save(
          new StaffMember(username, username, Role.ADVISOR, Travellers.BRANCH, false, false), null);
    }
    for (String username : List.of(Travellers.ADVISOR, Travellers.LEADER)) {
      employ(username, 10_000, "margin", "advisory");
    }
    jdbc.sql("update campaign set closed_at = now() where closed_at is null and name = ?")
        .param(word)
        .update();
  }

  private void employ(String username, int capacity, String... more) {
    Set<String> qualifications = new java.util.HashSet<>(Set.of(more));
    if (more.length == 0) {
      qualifications.add(word.replace("-", ""));
    }
    advisors.save(
        new AdvisorProfile(
            username,
            Travellers.BRANCH,
            qualifications,
            LocalDate.of(2030, 1, 1),
            capacity,
            null,
            null,
            username.equals(Travellers.LEADER)),
        "test");
  }

  private Traveller customer(String advisor) {
    Traveller one =
        travellers
            .somebody()
            .assessed(RiskTolerance.C5)
            .tagged("asset_avg_20d", "800000")
            .tagged("trading_months", "36")
            .tagged("education_high_risk", "true")
            .tagged("education_high_risk_at", "2026-01-05T10:00:00+08:00")
            .tagged(word, "yes");
    jdbc.sql("update customer set advisor = ? where id = ?").params(advisor, one.id()).update();
    people.add(one);
    return one;
  }

  private CampaignTerms terms(int cap, boolean ownOnly) {
    return new CampaignTerms(
        word,
        word,
        Purpose.MARGIN_MARKETING.code(),
        Travellers.MARGIN,
        "先听客户用过什么、能承受多大亏损，再讲条件、利息与强制平仓；客户没有意愿就到此为止。",
        "margin-talk-phone",
        List.of("margin-conditions-sms"),
        word.replace("-", ""),
        16,
        "campaign-offer",
        cap,
        CampaignDays.WORKING,
        ownOnly,
        LocalDate.of(2026, 11, 23),
        LocalDate.of(2026, 11, 27),
        "margin.opened",
        null);
  }

  private Campaign live(CampaignTerms terms) {
    audiences.save(
        new AudienceDraft(
            word, word, "tag " + word + " = 'yes'", Purpose.MARGIN_MARKETING, null, false),
        "author");
    travellers.assessImpact(word);
    long id = campaigns.create(terms, desk.author.username());
    Review review = orders.submit(id, desk.author).review();
    assertThatThrownBy(() -> desk.agree(review, desk.author))
        .isInstanceOf(ReviewRefusedException.class);
    Review read = desk.agree(review, desk.reviewer);
    desk.agree(read, desk.officer);
    round.run();
    Campaign campaign = campaigns.find(id).orElseThrow();
    assertThat(orders.state(campaign)).isEqualTo(CampaignState.RUNNING);
    // Approved after half past eight: whoever is in the audience enters with the first look.
    release.look();
    travellers.settle();
    return campaign;
  }

  private void giveOut() {
    release.look();
    travellers.settle();
  }

  private List<AdvisorTask> tasksOf(Traveller one) {
    return workList.page(
        own,
        new WorkFilter(WorkFilter.View.BRANCH, null, false, null, one.id()),
        BranchScope.everywhere(),
        clock.instant(),
        0,
        10);
  }

  private AdvisorTask taskOf(Traveller one) {
    assertThat(tasksOf(one)).as("tasks of %s", one.ref()).hasSize(1);
    return tasksOf(one).get(0);
  }

  private List<Traveller> withTask() {
    return people.stream().filter(one -> !tasksOf(one).isEmpty()).toList();
  }

  @Test
  void customers_go_to_their_own_advisor_under_the_cap_and_the_rest_wait_for_the_next_day() {
    for (int i = 0; i < 3; i++) {
      customer(own);
    }
    live(terms(2, true));

    assertThat(people).allSatisfy(one -> one.standsAt(WAITING));
    giveOut();

    assertThat(withTask()).containsExactly(people.get(0), people.get(1));
    assertThat(withTask())
        .allSatisfy(
            one -> {
              AdvisorTask task = taskOf(one);
              assertThat(task.assignee()).isEqualTo(own);
              assertThat(task.needs().kind()).isEqualTo("campaign");
              assertThat(task.material().talkTrack()).isEqualTo("margin-talk-phone");
              assertThat(task.title()).isEqualTo(word);
              one.standsAt("Task_Call");
            });
    people.get(2).standsAt(WAITING);
    giveOut();
    assertThat(withTask()).as("the day's places are taken").hasSize(2);

    clock.advance(Duration.ofDays(1));
    giveOut();
    assertThat(taskOf(people.get(2)).assignee()).isEqualTo(own);
  }

  @Test
  void a_colleague_takes_them_where_the_campaign_lets_it() {
    for (int i = 0; i < 3; i++) {
      customer(own);
    }
    live(terms(2, false));

    giveOut();

    assertThat(people.stream().map(one -> taskOf(one).assignee())).containsExactly(own, own, other);
  }

  @Test
  void the_gate_is_asked_before_anybody_is_given_and_says_why_not() {
    Traveller refused = customer(own).refuses(Purpose.MARGIN_MARKETING, Channel.PHONE);
    Traveller called = customer(own);
    Campaign campaign = live(terms(1, true));

    giveOut();

    assertThat(tasksOf(refused)).isEmpty();
    refused.left("withheld");
    assertThat(travellers.verdicts(refused.id()))
        .anySatisfy(verdict -> assertThat(verdict).contains("consent_refused"));
    assertThat(evidence.ofCustomer(refused.id()))
        .anySatisfy(
            row -> {
              assertThat(row.kind()).isEqualTo(EvidenceKind.VERDICT);
              assertThat(row.facts()).containsEntry("kind", "call");
            });
    assertThat(tasksOf(called)).as("the only place was promised to somebody else").isEmpty();
    giveOut();
    assertThat(taskOf(called).assignee()).as("his place came back").isEqualTo(own);
    assertThat(taken(campaign)).isEqualTo(1);
  }

  @Test
  void a_call_takes_its_place_under_the_caps_of_the_contact_policy() {
    Traveller one = customer(own);
    live(terms(5, true));

    giveOut();

    assertThat(taskOf(one).status()).isEqualTo(TaskStatus.OPEN);
    assertThat(
            jdbc.sql(
                    "select count(*) from contact_reservation where customer_id = ? and channel ="
                        + " 'phone'")
                .param(one.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void the_cap_holds_at_every_door_by_which_a_task_changes_hands() {
    customer(own);
    customer(other);
    live(terms(1, true));
    giveOut();
    String task = taskOf(people.get(0)).taskId();
    assertThat(taskOf(people.get(0)).assignee()).isEqualTo(own);
    assertThat(taskOf(people.get(1)).assignee()).isEqualTo(other);

    assertThatThrownBy(() -> routing.handOver(task, other, own, MoveReason.WORKLOAD))
        .isInstanceOf(TaskRefusedException.class)
        .hasMessageContaining("名额已满");
    assertThat(routing.refuse(task, own, MoveReason.CONFLICT))
        .as("the only colleague has his customer of today")
        .isEmpty();
    assertThatThrownBy(() -> routing.claim(task, other)).hasMessageContaining("名额已满");
    assertThat(taskOf(people.get(0)).assignee()).isNull();

    clock.advance(Duration.ofDays(1));
    routing.claim(task, other);
    assertThat(taskOf(people.get(0)).assignee()).isEqualTo(other);
  }

  @Test
  void nobody_is_given_more_than_the_cap_however_many_give_at_the_same_time() throws Exception {
    for (int i = 0; i < 12; i++) {
      customer(own);
    }
    Campaign campaign = live(terms(5, false));

    atOnce(
        6,
        () -> {
          release.look();
          return true;
        });
    travellers.settle();

    assertThat(withTask()).hasSize(10);
    assertThat(people.stream().flatMap(one -> tasksOf(one).stream()).map(AdvisorTask::assignee))
        .filteredOn(own::equals)
        .hasSize(5);
    assertThat(taken(campaign)).isEqualTo(10);
  }

  @Test
  void of_many_who_ask_for_the_last_places_exactly_as_many_get_one_as_there_are() throws Exception {
    Campaign campaign = live(terms(7, false));
    transaction.executeWithoutResult(
        status -> places.open(campaign.id(), word.replace("-", ""), 7, clock.instant()));

    AtomicLong participation = new AtomicLong();
    List<Boolean> got = atOnce(24, () -> promised(campaign, participation.incrementAndGet()));

    assertThat(got).filteredOn(Boolean::booleanValue).hasSizeLessThanOrEqualTo(7);
    long more = taken(campaign);
    assertThat(more).isEqualTo(got.stream().filter(Boolean::booleanValue).count());
    // Whoever found the last free row locked by somebody else looks again later.
    for (long i = more; i < 7; i++) {
      assertThat(promised(campaign, 1_000 + i)).isTrue();
    }
    assertThat(promised(campaign, 2_000)).isFalse();
  }

  private boolean promised(Campaign campaign, long participation) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> places.promise(campaign.id(), own, participation, clock.instant())));
  }

  private static <T> List<T> atOnce(int threads, Callable<T> act) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> one : pool.invokeAll(Collections.nCopies(threads, act))) {
        results.add(one.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void nobody_is_given_out_of_hours_nor_while_it_is_paused() {
    customer(own);
    Campaign campaign = live(terms(2, true));

    clock.advance(Duration.ofHours(9));
    giveOut();
    assertThat(withTask()).isEmpty();
    clock.reset();
    orders.pause(campaign.id(), "先看效果", desk.author.username());
    assertThat(orders.state(campaign)).isEqualTo(CampaignState.PAUSED);
    giveOut();
    assertThat(withTask()).isEmpty();
    orders.resume(campaign.id(), desk.author.username());
    giveOut();
    assertThat(withTask()).hasSize(1);
  }

  @Test
  void what_is_unfinished_when_it_is_stopped_is_taken_back() {
    customer(own);
    customer(own);
    Campaign campaign = live(terms(1, true));
    giveOut();

    orders.stop(campaign.id(), "客户反映打扰", desk.author.username());
    giveOut();

    assertThat(people).allSatisfy(one -> one.left("campaign_stopped"));
    assertThat(taskOf(people.get(0)).status()).isEqualTo(TaskStatus.CANCELLED);
    release.look();
    Campaign over = campaigns.find(campaign.id()).orElseThrow();
    assertThat(orders.state(over)).isEqualTo(CampaignState.OVER);
    assertThat(over.stopReason()).isEqualTo("客户反映打扰");
    assertThat(
            jdbc.sql("select facts::jsonb ->> 'act' from evidence where subject = ? order by id")
                .param("campaign:" + campaign.id())
                .query(String.class)
                .list())
        .containsExactly("submitted", "stopped", "closed");
  }

  @Test
  void what_is_unfinished_at_its_end_leaves_by_the_way_drawn_for_it() {
    customer(own);
    customer(own);
    live(terms(1, true));
    giveOut();

    people.get(0).timeComes("Timer_TaskEnd").left("campaign_ended");
    people.get(1).timeComes("Timer_NotReleased").left("not_released");
    assertThat(taskOf(people.get(0)).status()).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void after_its_last_day_nobody_enters_and_it_is_over_when_the_last_result_is_in() {
    Traveller one = customer(own);
    Campaign campaign = live(terms(1, true));
    giveOut();
    one.advisorAnswers("Task_Call", "interested").standsAt("Timer_Result");

    clock.advance(Duration.ofDays(5));
    release.look();
    assertThat(orders.state(campaign)).isEqualTo(CampaignState.ENDING);
    one.does("margin.opened").left("goal");
    release.look();
    assertThat(campaigns.find(campaign.id()).orElseThrow().closedAt()).isNotNull();
    assertThat(one.participation().goal()).isEqualTo("campaign_goal");
  }

  @Test
  void once_handed_in_it_is_changed_by_nobody_until_the_review_gives_it_back() {
    audiences.save(
        new AudienceDraft(
            word, word, "tag " + word + " = 'yes'", Purpose.MARGIN_MARKETING, null, false),
        "author");
    travellers.assessImpact(word);
    long id = campaigns.create(terms(2, true), desk.author.username());
    Review review = orders.submit(id, desk.author).review();

    assertThatThrownBy(() -> campaigns.change(id, terms(9, true), desk.author.username()))
        .hasMessageContaining("已提交审核");
    assertThatThrownBy(() -> orders.reopen(id, desk.author)).hasMessageContaining("退回");
    desk.sendBack(review, desk.reviewer, "名额太高");
    Campaign returned = campaigns.find(id).orElseThrow();
    assertThat(orders.state(returned)).isEqualTo(CampaignState.RETURNED);
    orders.reopen(id, desk.author);
    campaigns.change(id, terms(1, true), desk.author.username());
    assertThat(orders.submit(id, desk.author).review().status().running()).isTrue();
  }

  @Test
  void what_is_not_approved_or_not_there_is_not_handed_in() {
    CampaignTerms good = terms(2, true);
    long id = campaigns.create(good, desk.author.username());
    assertThatThrownBy(() -> orders.submit(id, desk.author)).hasMessageContaining("人群");
    assertThatThrownBy(() -> orders.submit(id, desk.officer)).hasMessageContaining("只有营销人员");
    audiences.save(
        new AudienceDraft(
            word, word, "tag " + word + " = 'yes'", Purpose.MARGIN_MARKETING, null, false),
        "author");
    campaigns.change(
        id,
        new CampaignTerms(
            good.name(),
            good.audience(),
            good.purpose(),
            good.product(),
            good.strategy(),
            "margin-conditions-sms",
            good.materials(),
            good.qualification(),
            good.dueHours(),
            good.form(),
            good.dailyCap(),
            good.days(),
            good.ownOnly(),
            good.startsOn(),
            good.endsOn(),
            good.goal(),
            good.survey()),
        desk.author.username());
    assertThatThrownBy(() -> orders.submit(id, desk.author)).hasMessageContaining("电话渠道");
  }

  private long taken(Campaign campaign) {
    return jdbc.sql(
            "select count(*) from campaign_place where campaign_id = ? and participation_id is not"
                + " null")
        .param(campaign.id())
        .query(Long.class)
        .single();
  }
}
