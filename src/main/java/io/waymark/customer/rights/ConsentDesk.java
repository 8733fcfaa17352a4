package io.waymark.customer.rights;

import io.waymark.customer.ConsentChange;
import io.waymark.customer.ConsentState;
import io.waymark.customer.Consents;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.Channel;
import io.waymark.platform.Purpose;
import io.waymark.platform.staff.BranchScope;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffMember;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a customer says to a person of the house about being contacted. A refusal is taken by
 * everybody who talks with customers, at once and without a paper; an agreement by an officer
 * alone, with its text and its paper (个人信息保护法 art. 14, 15).
 */
@Component
public class ConsentDesk {

  private static final Set<Role> TAKE_REFUSALS =
      EnumSet.of(Role.COMPLIANCE, Role.ADVISOR, Role.OPERATOR);
  private static final String SOURCE = "counter";

  private final Consents consents;
  private final EvidenceLog evidence;
  private final JdbcClient jdbc;
  private final Clock clock;

  ConsentDesk(Consents consents, EvidenceLog evidence, JdbcClient jdbc, Clock clock) {
    this.consents = consents;
    this.evidence = evidence;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What was said, and why it is written down by a person. */
  public record Word(
      String customer,
      Purpose purpose,
      Channel channel,
      ConsentState state,
      String textVersion,
      String paper,
      String reason) {}

  /** Whether a role may write this down. */
  public static boolean may(Role role, ConsentState state) {
    return state == ConsentState.REFUSED
        ? TAKE_REFUSALS.contains(role)
        : state == ConsentState.GRANTED && role == Role.COMPLIANCE;
  }

  /**
   * Writes a word down; it counts from this moment, for what is under way as well.
   *
   * @throws ConsentRefusedException when the role may not, or something is missing
   */
  @Transactional
  public void say(Word word, StaffMember member, BranchScope scope) {
    if (!may(member.role(), word.state())) {
      throw new ConsentRefusedException("登记同意须由合规人员凭书面材料办理；登记拒绝须由合规、投顾或运营人员办理。");
    }
    if (word.reason().isBlank() || word.reason().length() > 500) {
      throw new ConsentRefusedException("请填写理由，不超过 500 字。");
    }
    if (word.state() == ConsentState.GRANTED && word.paper().isBlank()) {
      throw new ConsentRefusedException("登记同意须填写书面材料编号。");
    }
    long customerId =
        jdbc.sql(
                """
                select c.id from customer r join customer c on c.id = coalesce(r.merged_into, r.id)
                 where r.ref = ? and c.erased_at is null and (? or c.branch = any(?))
                """)
            .params(word.customer(), scope.all(), scope.asArray())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> new ConsentRefusedException("找不到该客户，请检查客户号和您的营业部范围。"));
    BatchReport report =
        consents.record(
            List.of(
                new ConsentChange(
                    word.customer(),
                    word.purpose(),
                    word.channel(),
                    word.state(),
                    SOURCE,
                    word.textVersion().strip(),
                    clock.instant(),
                    null,
                    word.paper().isBlank() ? null : word.paper().strip())),
            member.username());
    if (!report.problems().isEmpty()) {
      throw new ConsentRefusedException(report.problems().get(0).message());
    }
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.CONSENT_BY_STAFF,
            "customer:" + customerId,
            customerId,
            member.branch(),
            member.username(),
            Map.of(
                "purpose", word.purpose().code(),
                "channel", word.channel().code(),
                "state", word.state().name(),
                "reason", word.reason().strip())));
  }
}
