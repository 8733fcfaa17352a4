package io.waymark.testing;

import io.waymark.compliance.RulePackProposal;
import io.waymark.compliance.RulePacks;
import io.waymark.content.Approval;
import io.waymark.content.TemplateVersion;
import io.waymark.content.Templates;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.publication.Unguarded;
import io.waymark.platform.policy.PolicyDocument;
import io.waymark.platform.policy.PolicyDocuments;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Approvals for tests that are about something else: a review that was held, by a business reviewer
 * and an officer who are neither each other nor the author, is put on file, and the content comes
 * into force through the command that reviews use. The tables hold it to all their rules.
 */
public final class HeldReviews {

  /** Who read it for the business. */
  public static final String REVIEWER = "reviewer";

  /** Who read it for compliance. */
  public static final String OFFICER = "officer";

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Duration VALIDITY = Duration.ofDays(3650);

  /**
   * One for each context of this JVM: whole applications and slices have databases of their own.
   */
  private static final List<HeldReviews> CONTEXTS = new CopyOnWriteArrayList<>();

  private final JdbcClient jdbc;
  private final ObjectProvider<Templates> templates;
  private final ObjectProvider<JourneyVersions> versions;
  private final ObjectProvider<RulePacks> packs;
  private final ObjectProvider<PolicyDocuments> policies;
  private final Unguarded publication;

  HeldReviews(
      JdbcClient jdbc,
      ObjectProvider<Templates> templates,
      ObjectProvider<JourneyVersions> versions,
      ObjectProvider<RulePacks> packs,
      ObjectProvider<PolicyDocuments> policies,
      Unguarded publication) {
    this.jdbc = jdbc;
    this.templates = templates;
    this.versions = versions;
    this.packs = packs;
    this.policies = policies;
    this.publication = publication;
    CONTEXTS.add(this);
  }

  /** Where the context of this bean keeps its reviews. */
  private static JdbcClient of(Object bean) {
    return context(bean).jdbc;
  }

  private static HeldReviews context(Object bean) {
    return CONTEXTS.stream()
        .filter(
            context ->
                Stream.of(context.templates, context.versions, context.packs, context.policies)
                    .anyMatch(provider -> provider.getIfAvailable() == bean))
        .findFirst()
        .orElseThrow();
  }

  /** An approval by somebody with no review on file. */
  public static Approval none(String by) {
    return new Approval("NONE", by, MovableClock.START.plus(VALIDITY));
  }

  /** Approves a template for ten years. */
  public static TemplateVersion approve(Templates templates, TemplateVersion version) {
    return approve(templates, version, version.createdAt().plus(VALIDITY));
  }

  /** Approves a template until an instant. */
  public static TemplateVersion approve(
      Templates templates, TemplateVersion version, Instant until) {
    Approval approval =
        held(
            of(templates),
            "template",
            version.id(),
            version.code(),
            version.hash(),
            version.author(),
            until);
    return templates.approve(version.id(), version.hash(), approval);
  }

  /** Approves a journey for ten years and publishes it. */
  public static JourneyVersion approve(JourneyVersions versions, JourneyVersion version) {
    return context(versions)
        .publication
        .publish(versions.approve(version.id(), version.hash(), held(versions, version)));
  }

  /** Puts the review of a journey on file and leaves the approval to the caller. */
  public static Approval held(JourneyVersions versions, JourneyVersion version) {
    return held(
        of(versions),
        "journey",
        version.id(),
        version.key(),
        version.hash(),
        version.author(),
        version.createdAt().plus(VALIDITY));
  }

  /** Puts the review of a template on file and leaves the approval to the caller. */
  public static Approval held(Templates templates, TemplateVersion version, Instant until) {
    return held(
        of(templates),
        "template",
        version.id(),
        version.code(),
        version.hash(),
        version.author(),
        until);
  }

  /** Approves a rule pack in the name of an officer. */
  public static RulePackProposal approve(RulePacks packs, RulePackProposal pack, String officer) {
    held(packs, pack, officer);
    return packs.approve(pack.version(), pack.hash(), officer);
  }

  /** Puts the review of a rule pack on file and leaves the approval to the caller. */
  public static void held(RulePacks packs, RulePackProposal pack, String officer) {
    held(
        of(packs),
        "rule_pack",
        pack.version(),
        pack.version(),
        pack.hash(),
        pack.author(),
        officer,
        pack.createdAt().plus(VALIDITY));
  }

  /** Approves a policy in the name of an officer. */
  public static PolicyDocument approve(
      PolicyDocuments documents, PolicyDocument policy, String officer) {
    held(documents, policy, officer);
    return documents.approve(policy.kind(), policy.version(), policy.hash(), officer);
  }

  /** Puts the review of a policy on file and leaves the approval to the caller. */
  public static void held(PolicyDocuments documents, PolicyDocument policy, String officer) {
    held(
        of(documents),
        "policy",
        policy.kind() + ":" + policy.version(),
        policy.kind(),
        policy.hash(),
        policy.author(),
        officer,
        policy.createdAt().plus(VALIDITY));
  }

  private static Approval held(
      JdbcClient jdbc,
      String kind,
      long id,
      String code,
      String hash,
      String author,
      Instant until) {
    return held(jdbc, kind, Long.toString(id), code, hash, author, OFFICER, until);
  }

  private static Approval held(
      JdbcClient jdbc,
      String kind,
      String id,
      String code,
      String hash,
      String author,
      String officer,
      Instant until) {
    String number = "TEST-" + NUMBER.incrementAndGet();
    Timestamp before = Timestamp.from(until.minus(Duration.ofDays(36_500)));
    jdbc.sql(
            """
            insert into content_review
              (kind, subject_id, code, version, title, hash, author, submitted_by, status,
               officer_reasons, submitted_at, stage_since, business_reviewer, business_decided_at,
               officer, officer_decided_at, approval_number, valid_until, closed_at, closed_by)
            values
              (:kind, :id, :code, '1', :code, :hash, :author, :author, 'approved', '{journey}',
               :before, :before, :reviewer, :before, :officer, :before, :number, :until, :before,
               :officer)
            """)
        .param("kind", kind)
        .param("id", id)
        .param("code", code)
        .param("hash", hash)
        .param("author", author)
        .param("reviewer", REVIEWER)
        .param("officer", officer)
        .param("number", number)
        .param("until", Timestamp.from(until))
        .param("before", before)
        .update();
    return new Approval(number, officer, until);
  }
}
