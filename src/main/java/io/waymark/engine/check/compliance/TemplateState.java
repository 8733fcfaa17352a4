package io.waymark.engine.check.compliance;

import io.waymark.engine.check.rule.Content;
import io.waymark.engine.check.rule.Content.State;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step that names a text which may not be sent. One rule for each reason, since each is mended
 * elsewhere.
 *
 * @param states in which a template breaks it; empty when it is broken by there being none
 * @param why what is wrong, said of the template
 */
record TemplateState(String id, Set<State> states, String why, String mend) implements Rule {

  static final TemplateState MISSING =
      new TemplateState(
          "compliance.template_missing",
          Set.of(),
          "内容模板“%s”不存在，客户到了这里什么也收不到。",
          "请从列表里选一个已审批的模板，或先在“内容”里写好并提交审核。");

  static final TemplateState NOT_APPROVED =
      new TemplateState(
          "compliance.template_not_approved",
          Set.of(State.DRAFT, State.IN_REVIEW),
          "内容模板“%s”还没有通过审核，发送会被拦下。",
          "请先在“内容”里提交审核；审核通过后再提交这条旅程。");

  static final TemplateState EXPIRED =
      new TemplateState(
          "compliance.template_expired",
          Set.of(State.EXPIRED),
          "内容模板“%s”的审批已经到期，发送会被拦下。",
          "请在“内容”里重新提交审核，或换一个在有效期内的模板。");

  static final TemplateState WITHDRAWN =
      new TemplateState(
          "compliance.template_withdrawn",
          Set.of(State.WITHDRAWN),
          "内容模板“%s”已经撤回，发送会被拦下。",
          "请换一个模板，或写一个新版本并提交审核。");

  static final TemplateState RECALLED =
      new TemplateState(
          "compliance.template_recalled",
          Set.of(State.RECALLED),
          "内容模板“%s”或它的渠道正被紧急叫停，发送会被拦下。",
          "请等叫停解除，或换一个模板。");

  @Override
  public Severity severity() {
    return Severity.ERROR;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    return subject.drawing().nodes().stream()
        .filter(node -> !node.setting("template").isEmpty())
        .filter(node -> broken(subject.facts().content(node).orElse(null)))
        .map(this::mark);
  }

  private Mark mark(Node node) {
    return Mark.at(node, why.formatted(node.setting("template")), mend);
  }

  private boolean broken(@Nullable Content content) {
    return content == null ? states.isEmpty() : states.contains(content.state());
  }
}
