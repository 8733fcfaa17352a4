package io.waymark.contact;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What the evidence keeps about a verdict and about a claimed message. */
final class Proofs {

  private Proofs() {}

  static EvidenceEntry verdict(Judged one, String kind, String policyVersion) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("kind", kind);
    // By these an evidence pack finds what a campaign did not send.
    facts.put("journey", one.request().journeyKey());
    facts.put("template", one.request().template());
    facts.put("verdict", one.verdict().code());
    facts.put("gate", Objects.requireNonNullElse(one.decision().gate(), "none"));
    if (one.verdict() instanceof Withheld withheld) {
      facts.put("reason", withheld.reason().code());
    }
    facts.put("policy", policyVersion);
    facts.put("inputs", one.decision().inputs());
    return entry(EvidenceKind.VERDICT, one, facts);
  }

  static EvidenceEntry claim(Judged one) {
    ContactRequest request = one.request();
    Map<String, Object> facts = new HashMap<>();
    facts.put("journey", request.journeyKey());
    facts.put("node", request.node());
    facts.put("visit", request.visit());
    Long participation = request.participationId();
    if (participation != null) {
      facts.put("participation", participation);
    }
    facts.put("template", one.passed().code());
    facts.put("templateVersion", one.passed().version());
    facts.put("templateHash", one.passed().hash());
    facts.put("bodyHash", one.frozen().hash());
    facts.put("rulePack", Objects.requireNonNullElse(one.rulePack(), "none"));
    facts.put("channel", one.channel().code());
    return entry(EvidenceKind.MESSAGE_CLAIMED, one, facts);
  }

  private static EvidenceEntry entry(EvidenceKind kind, Judged one, Map<String, Object> facts) {
    return new EvidenceEntry(
        kind,
        "message:" + one.messageId(),
        one.request().customerId(),
        one.request().branch(),
        "system",
        facts);
  }
}
