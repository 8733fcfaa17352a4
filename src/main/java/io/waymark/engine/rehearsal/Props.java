package io.waymark.engine.rehearsal;

import io.waymark.platform.rehearsal.Scenery;
import io.waymark.platform.rehearsal.Stages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables a journey writes, with what a stage begins with. A table that is missing here is met
 * read-only, so that a rehearsal that writes it fails loudly instead of touching anything.
 */
final class Props {

  /** Nothing of the past: only what is played. */
  private static final List<String> EMPTY =
      List.of(
          "abuse_key",
          "abuse_signal",
          "act_hi_actinst",
          "act_hi_attachment",
          "act_hi_batch",
          "act_hi_comment",
          "act_hi_dec_in",
          "act_hi_dec_out",
          "act_hi_decinst",
          "act_hi_detail",
          "act_hi_ext_task_log",
          "act_hi_identitylink",
          "act_hi_incident",
          "act_hi_job_log",
          "act_hi_op_log",
          "act_hi_procinst",
          "act_hi_taskinst",
          "act_hi_varinst",
          "act_ru_event_subscr",
          "act_ru_execution",
          "act_ru_ext_task",
          "act_ru_identitylink",
          "act_ru_incident",
          "act_ru_job",
          "act_ru_task",
          "act_ru_variable",
          "assessment_change",
          "consent_change",
          "content_review",
          "content_review_act",
          "enrolment",
          "event_parked",
          "event_queue",
          "event_use",
          "evidence",
          "evidence_unsealed",
          "in_app_message",
          // Who is asked to a rehearsal enters: no share, no hold keeps him at the door.
          "journey_act",
          "journey_hold",
          "journey_rollout",
          "message_claim",
          "message_fallback",
          "node_visit",
          "outbox",
          "provider_message",
          "receipt_seen",
          "tag_change",
          "tracked_link",
          "verdict");

  /** The rows of the rehearsed customers: what rules and caps look back at. */
  private static final List<String> OF_CUSTOMERS =
      List.of(
          "assessment",
          "behaviour_watch",
          "consent",
          "contact_count",
          "contact_reservation",
          "cooling_off",
          "customer_event",
          "customer_identity",
          "customer_key",
          "customer_tag",
          "event_seen",
          "experiment_assignment",
          "holding",
          "level_contradiction",
          "message",
          "participation",
          "suppression");

  /** Few rows, and asked for as a whole. */
  private static final List<String> WHOLE =
      List.of(
          "abuse_case",
          "abuse_case_customer",
          "act_ge_property",
          "act_re_camformdef",
          "act_re_decision_def",
          "act_re_decision_req_def",
          "act_re_deployment",
          "act_re_procdef",
          "act_ru_authorization",
          "act_ru_jobdef",
          "advisor",
          "journey_version");

  private static final String REHEARSED = "x.customer_id in (select customer_id from rehearsed)";

  /** The invented customer is the same one at every rehearsal, so that draws by id are too. */
  static final long FIRST_INVENTED = Stages.FIRST_NUMBER / 2;

  private Props() {}

  /** The scenery of these customers, with the files of these deployments. */
  static Scenery of(List<Long> customers, List<String> deployments) {
    Map<String, String> tables = new LinkedHashMap<>();
    EMPTY.forEach(table -> tables.put(table, ""));
    OF_CUSTOMERS.forEach(table -> tables.put(table, REHEARSED));
    WHOLE.forEach(table -> tables.put(table, "true"));
    tables.put("customer", "x.id in (select customer_id from rehearsed)");
    tables.put("advisor_task", "x.status = 'open'");
    tables.put(
        "act_ge_bytearray",
        deployments.isEmpty()
            ? ""
            : "x.deployment_id_ in ('" + String.join("','", deployments) + "')");
    return new Scenery(tables, Map.of("customer_id_seq", FIRST_INVENTED), customers);
  }
}
