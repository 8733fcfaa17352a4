package io.waymark.engine.sandbox;

import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstBoolean;
import org.camunda.bpm.impl.juel.AstEval;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstNested;
import org.camunda.bpm.impl.juel.AstNull;
import org.camunda.bpm.impl.juel.AstNumber;
import org.camunda.bpm.impl.juel.AstParameters;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.AstUnary;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/**
 * Which expressions a drawing may contain, decided on the parsed tree: comparisons of variables
 * with literals, and the calendar functions. Methods, properties, indexes and composite texts are
 * refused whatever they would evaluate to.
 */
final class ExpressionCheck {

  private static final int LONGEST = 500;
  private static final String TIMER = "定时表达式必须是一个 ${…} 日历函数。";
  private static final Set<String> RESERVED =
      Set.of(
          "execution",
          "task",
          "caseExecution",
          "externalTask",
          "authenticatedUserId",
          "class",
          "request",
          "session",
          "application");

  private final Set<String> steps;
  private final Set<String> functions;

  ExpressionCheck(Set<String> steps, Set<String> functions) {
    this.steps = steps;
    this.functions = functions;
  }

  static boolean isExpression(String text) {
    return text.contains("${") || text.contains("#{");
  }

  /** Why the condition of a sequence flow is refused, if it is. */
  Optional<String> condition(String text) {
    if (text.length() > LONGEST || !text.strip().matches("(?s)\\$\\{.*}")) {
      return Optional.of("条件必须写成一个 ${…} 表达式。");
    }
    return tree(text.strip());
  }

  /** Why the expression of a timer is refused, if it is: only a calendar function is allowed. */
  Optional<String> timer(String text) {
    if (text.length() > LONGEST || !text.strip().matches("(?s)\\$\\{.*}")) {
      return Optional.of(TIMER);
    }
    Optional<String> refusal = tree(text.strip());
    return refusal.isPresent() || callsFunction(text.strip()) ? refusal : Optional.of(TIMER);
  }

  private static boolean callsFunction(String text) {
    Node root = new Builder().build(text).getRoot();
    return root.getCardinality() == 1 && root.getChild(0) instanceof AstFunction;
  }

  private Optional<String> tree(String text) {
    try {
      return refusal(new Builder().build(text).getRoot());
    } catch (TreeBuilderException malformed) {
      return Optional.of("表达式“" + text + "”无法解析。");
    }
  }

  private Optional<String> refusal(Node node) {
    if (node instanceof AstIdentifier identifier) {
      return identifier(identifier.getName());
    }
    if (node instanceof AstFunction function && !functions.contains(function.getName())) {
      return Optional.of("不允许使用函数“" + function.getName() + "”。");
    }
    if (!allowed(node)) {
      return Optional.of("表达式只能比较变量与固定值,不允许调用方法、取属性或取下标。");
    }
    for (int child = 0; child < node.getCardinality(); child++) {
      Optional<String> refusal = refusal(node.getChild(child));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<String> identifier(String name) {
    if (steps.contains(name) || RESERVED.contains(name)) {
      return Optional.of("“" + name + "”是保留名称,不能在条件中使用。");
    }
    return Optional.empty();
  }

  private static boolean allowed(Node node) {
    return node instanceof AstEval
        || node instanceof AstBinary
        || node instanceof AstUnary
        || node instanceof AstNested
        || node instanceof AstString
        || node instanceof AstNumber
        || node instanceof AstBoolean
        || node instanceof AstNull
        || node instanceof AstFunction
        || node instanceof AstParameters;
  }
}
