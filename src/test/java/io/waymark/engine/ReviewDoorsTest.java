package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.compliance.RulePacks;
import io.waymark.compliance.review.Review;
import io.waymark.compliance.review.ReviewStatus;
import io.waymark.compliance.review.Reviews;
import io.waymark.compliance.review.SubjectKind;
import io.waymark.console.People;
import io.waymark.engine.sandbox.ReviewDrawing;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import io.waymark.platform.policy.PolicyDraft;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.MovableClock;
import io.waymark.testing.ShippedSuitability;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may decide, start or deploy a review, asked at each of the engine's doors. */
@WithTravellers
class ReviewDoorsTest {

  private static final String TASKLIST = "/camunda/api/engine/engine/default/task/";

  @LocalServerPort int port;
  @Autowired ReviewDesk desk;
  @Autowired Reviews reviews;
  @Autowired RulePacks packs;
  @Autowired PolicyDocuments policies;
  @Autowired RuntimeService runtime;
  @Autowired TaskService tasks;
  @Autowired JdbcClient jdbc;

  private Caller as(StaffMember member) {
    return Caller.basic(port, member.username(), People.PASSWORD);
  }

  private Caller atTasklist(StaffMember member) {
    return Caller.stranger(port)
        .signIn(member.username(), People.PASSWORD)
        .withTokenOf("/camunda/api/engine/engine/default/task");
  }

  private Task task(Review review) {
    return tasks
        .createTaskQuery()
        .processInstanceBusinessKey("review/" + review.id())
        .singleResult();
  }

  private ReviewStatus now(Review review) {
    return reviews.find(review.id(), BranchScope.everywhere()).orElseThrow().status();
  }

  private static String answer(String outcome) {
    return """
        {"variables":{"outcome":{"value":"%s"},"note":{"value":"请补充主办方"}}}
        """
        .formatted(outcome);
  }

  private HttpResponse<String> complete(StaffMember by, Review review, String outcome) {
    return as(by).post("/engine-rest/task/" + task(review).getId() + "/complete", answer(outcome));
  }

  @Test
  void by_rest_the_author_is_refused_with_the_sentence_and_others_decide() {
    Review review = desk.submit(desk.drawn(true));

    HttpResponse<String> own = complete(desk.author, review, "agree");
    assertThat(own.statusCode()).isEqualTo(400);
    assertThat(own.body()).contains("不能审核自己编写或提交的内容");
    assertThat(complete(desk.author, review, "send_back").statusCode()).isEqualTo(400);
    assertThat(complete(desk.officer, review, "agree").statusCode())
        .as("the task is not offered to officers yet")
        .isBetween(400, 499);
    assertThat(complete(desk.reviewer, review, "no_such_answer").body()).contains("请选择");
    assertThat(now(review)).isEqualTo(ReviewStatus.BUSINESS);

    assertThat(complete(desk.reviewer, review, "agree").statusCode()).isEqualTo(204);
    assertThat(now(review)).isEqualTo(ReviewStatus.OFFICER);
    assertThat(complete(desk.author, review, "agree").statusCode()).isBetween(400, 499);
    assertThat(complete(desk.reviewer, review, "agree").statusCode()).isBetween(400, 499);
    assertThat(complete(desk.officer, review, "agree").statusCode()).isEqualTo(204);
    assertThat(now(review)).isEqualTo(ReviewStatus.APPROVED);
  }

  @Test
  void by_tasklist_an_officer_cannot_approve_his_own_rule_pack() {
    String version = "pack-" + ReviewDesk.code();
    packs.propose(ContentReviewWalkTest.pack(version), desk.officer.username());
    Review review = reviews.submit(SubjectKind.RULE_PACK, version, desk.officer.username());
    String path = TASKLIST + task(review).getId() + "/complete";

    HttpResponse<String> own = atTasklist(desk.officer).post(path, answer("agree"));
    assertThat(own.statusCode()).as(own.body()).isEqualTo(400);
    assertThat(own.body()).contains("不能审核自己编写或提交的内容");
    assertThat(now(review)).isEqualTo(ReviewStatus.OFFICER);

    HttpResponse<String> other = atTasklist(desk.secondOfficer).post(path, answer("agree"));
    assertThat(other.statusCode()).as(other.body()).isEqualTo(204);
    assertThat(now(review)).isEqualTo(ReviewStatus.APPROVED);
  }

  @Test
  void by_rest_an_officer_cannot_approve_his_own_policy() {
    PolicyDocument proposal =
        policies.propose(
            new PolicyDraft(
                "suitability",
                "door-" + ReviewDesk.code(),
                MovableClock.START.plus(Duration.ofDays(30_000)),
                ShippedSuitability.source()
                    .replace("<text>\"730\"</text>", "<text>\"400\"</text>")),
            desk.officer.username());
    Review review =
        reviews.submit(
            SubjectKind.POLICY, "suitability:" + proposal.version(), desk.officer.username());

    HttpResponse<String> own = complete(desk.officer, review, "agree");
    assertThat(own.statusCode()).as(own.body()).isEqualTo(400);
    assertThat(own.body()).contains("不能审核自己编写或提交的内容");
    assertThatThrownBy(
            () ->
                policies.approve(
                    "suitability",
                    proposal.version(),
                    proposal.hash(),
                    desk.secondOfficer.username()))
        .as("the command without a decision")
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("no approved review");
    assertThat(now(review)).isEqualTo(ReviewStatus.OFFICER);

    assertThat(complete(desk.secondOfficer, review, "agree").statusCode()).isEqualTo(204);
    assertThat(now(review)).isEqualTo(ReviewStatus.APPROVED);
  }

  @Test
  void nobody_claims_a_review_away_from_the_others_or_moves_it_otherwise() {
    Review review = desk.submit(desk.drawn(true));
    String task = "/engine-rest/task/" + task(review).getId();
    String instance = task(review).getProcessInstanceId();

    assertThat(
            as(desk.reviewer)
                .post(task + "/claim", "{\"userId\":\"" + desk.reviewer.username() + "\"}")
                .body())
        .contains("不需要领取");
    assertThat(
            as(desk.author)
                .post(
                    "/engine-rest/message",
                    """
                    {"messageName":"review.withdrawn","processInstanceId":"%s"}
                    """
                        .formatted(instance))
                .statusCode())
        .isBetween(400, 499);
    assertThat(
            as(desk.reviewer)
                .json(
                    "PUT",
                    "/engine-rest/process-instance/" + instance + "/variables/officer",
                    "{\"value\":\"no\"}")
                .statusCode())
        .isBetween(400, 499);
    assertThat(now(review)).isEqualTo(ReviewStatus.BUSINESS);
  }

  @Test
  void a_review_starts_by_a_submission_alone() {
    assertThatThrownBy(() -> runtime.startProcessInstanceByKey(ReviewDrawing.KEY, "review/1"))
        .hasStackTraceContaining("审核只能由提交开始");
    assertThatThrownBy(() -> runtime.startProcessInstanceByKey(ReviewDrawing.KEY, "x:1"))
        .hasStackTraceContaining("审核只能由提交开始");
  }

  @Test
  void a_marketer_cannot_deploy_another_review_nor_use_its_steps() {
    Map<String, byte[]> files = new TreeMap<>(ReviewDrawing.files());
    String drawing =
        new String(files.get(ReviewDrawing.KEY + ".bpmn"), StandardCharsets.UTF_8)
            .replace("machine == 'refused'", "machine == 'never'");
    files.put(ReviewDrawing.KEY + ".bpmn", drawing.getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> changed = as(desk.author).deploy("changed", files);
    assertThat(changed.statusCode()).isEqualTo(400);
    assertThat(changed.body()).contains("路标自带的审核流程", "Scan");

    Sketch sketch = Sketch.of("thief").step("Take", "releaseContent", Map.of()).way("Take");
    assertThat(as(desk.author).deploy(sketch.key(), sketch.files()).body()).contains("不是可用的步骤");
  }

  @Test
  void only_a_person_of_the_stage_and_of_the_branch_decides() {
    Review review = desk.submit(desk.drawn(true));
    assertThatThrownBy(() -> desk.agree(review, desk.officer)).hasMessageContaining("营销人员");
    StaffMember local = desk.people().of(Role.MARKETER, "SH01", "上海陆家嘴营业部");
    assertThatThrownBy(() -> desk.agree(review, local)).hasMessageContaining("机构范围");
    StaffMember operator = desk.people().everywhere(Role.OPERATOR);
    assertThatThrownBy(() -> desk.agree(review, operator)).hasMessageContaining("营销人员");
    assertThatThrownBy(
            () ->
                reviews.decide(
                    review.id(), "0".repeat(64), true, null, null, desk.reviewer.username()))
        .hasMessageContaining("不一致");
    assertThat(now(review)).isEqualTo(ReviewStatus.BUSINESS);
  }

  @Test
  void who_submits_for_the_folder_is_counted_as_its_author() {
    Review review =
        reviews.submit(
            SubjectKind.TEMPLATE,
            Long.toString(desk.draft(ReviewDesk.code(), "随安装提供，", "folder").id()),
            desk.author.username());

    assertThatThrownBy(() -> desk.agree(review, desk.author)).hasMessageContaining("不能审核自己");
    assertThat(desk.agree(review, desk.reviewer).status()).isNotEqualTo(ReviewStatus.BUSINESS);
  }

  @Test
  void the_table_itself_refuses_a_reviewer_with_a_hand_in_it_and_an_officer_left_out() {
    Review review = desk.submit(desk.drawn(true));

    refusedByTable(review, "business_reviewer = upper(author)", "review_business_is_another");
    refusedByTable(review, "officer = submitted_by", "review_officer_is_another");
    refusedByTable(review, "business_reviewer = 'a', officer = 'A'", "review_officer_is_another");
    refusedByTable(
        review,
        "status = 'approved', business_reviewer = 'a', approval_number = 'X', closed_at = now(),"
            + " closed_by = 'a', valid_until = now() + interval '1 day'",
        "review_approved_whole");
    refusedByTable(review, "hash = repeat('0', 64)", "never changes");
    desk.agree(review, desk.reviewer);
    refusedByTable(review, "business_reviewer = 'somebody'", "never changes");
  }

  private void refusedByTable(Review review, String change, String why) {
    assertThatThrownBy(
            () ->
                jdbc.sql("update content_review set " + change + " where id = ?")
                    .param(review.id())
                    .update())
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining(why);
  }
}
