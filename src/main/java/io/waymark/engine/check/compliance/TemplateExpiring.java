package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Content;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A text whose approval ends within two weeks. */
final class TemplateExpiring implements Rule {

  @Override
  public String id() {
    return "compliance.template_expiring";
  }

  @Override
  public Severity severity() {
    return Severity.HINT;
  }

  private static final Duration SOON = Duration.ofDays(14);

  @Override
  public Stream<Mark> marks(Subject subject) {
    Instant soon = subject.now().plus(SOON);
    return subject.drawing().nodes().stream()
        .filter(
            node ->
                subject
                    .facts()
                    .content(node)
                    .filter(content -> content.state() == Content.State.APPROVED)
                    .map(Content::expiresAt)
                    .filter(expires -> expires.isBefore(soon))
                    .isPresent())
        .map(
            node ->
                Mark.at(
                    node,
                    "内容模板“" + node.setting("template") + "”的审批两周内到期，到期后发送会被拦下。",
                    "请尽早在“内容”里重新提交审核。"));
  }
}
