package io.waymark.content;

import freemarker.core.ParseException;
import io.waymark.platform.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a template may declare about itself. */
final class MetadataRules {

  static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "customer\\.(name|salutation|ref)|(product|broker|advisor|param)\\.[A-Za-z][A-Za-z0-9_]*");
  private static final Set<String> CLASSES = Set.of("A", "B", "C", "D", "E", "M", "T", "W", "none");

  private MetadataRules() {}

  /** Everything wrong with metadata, subject and body. */
  static List<TemplateProblem> problems(TemplateMetadata metadata, String source) {
    List<TemplateProblem> problems = new ArrayList<>();
    check(problems, CODE.matcher(metadata.code()).matches(), "code", "模板编码只能用小写字母、数字和连字符, 请改名。");
    check(problems, !metadata.title().isBlank(), "title", "请填写模板名称。");
    check(
        problems,
        CLASSES.contains(metadata.productClass()),
        "productClass",
        "产品类别只能是 A、B、C、D、E、M、T、W 或 none, 请改正。");
    subject(problems, metadata);
    metadata.variables().forEach(variable -> variable(problems, metadata, variable));
    metadata
        .notApplicable()
        .forEach(
            (element, reason) ->
                check(
                    problems,
                    !reason.isBlank(),
                    "notApplicable",
                    "要素 %s 不适用的原因为空, 请写明原因。".formatted(element)));
    check(problems, !source.isBlank(), "body", "模板正文为空, 请填写。");
    Set<String> declared = new HashSet<>(metadata.variables());
    if (metadata.subject() != null) {
      problems.addAll(TemplateGrammar.problems("subject", metadata.subject(), declared));
    }
    problems.addAll(TemplateGrammar.problems("body", source, declared));
    if (problems.isEmpty()) {
      parse(problems, metadata, source);
    }
    return problems;
  }

  private static void parse(
      List<TemplateProblem> problems, TemplateMetadata metadata, String source) {
    String part = "subject";
    try {
      if (metadata.subject() != null) {
        Sandbox.parse(metadata.code(), metadata.subject(), metadata.channel(), false);
      }
      part = "body";
      Sandbox.parse(metadata.code(), source, metadata.channel(), true);
    } catch (ParseException e) {
      problems.add(
          new TemplateProblem(
              part,
              e.getLineNumber(),
              "syntax",
              "%s第 %d 行有语法错误, 请检查括号、引号和运算符。"
                  .formatted(part.equals("subject") ? "标题" : "正文", e.getLineNumber())));
    }
  }

  private static void subject(List<TemplateProblem> problems, TemplateMetadata metadata) {
    boolean has = metadata.subject() != null && !metadata.subject().isBlank();
    switch (metadata.channel()) {
      case EMAIL -> check(problems, has, "subject", "邮件必须有标题, 请填写 subject。");
      case SMS, WEBHOOK ->
          check(problems, metadata.subject() == null, "subject", "该渠道没有标题, 请删除 subject。");
      default -> {}
    }
  }

  private static void variable(
      List<TemplateProblem> problems, TemplateMetadata metadata, String variable) {
    boolean webhook = metadata.channel() == Channel.WEBHOOK;
    check(
        problems,
        VARIABLE.matcher(variable).matches(),
        "variables",
        "变量 %s 不在允许的范围内, 只能用 customer.name、customer.salutation、product.*、broker.*、advisor.*、param.*。"
            .formatted(variable));
    check(
        problems,
        !webhook || !(variable.equals("customer.name") || variable.equals("customer.salutation")),
        "variables",
        "Webhook 不得携带个人信息, 请删除变量 %s。".formatted(variable));
    check(
        problems,
        webhook || !variable.equals("customer.ref"),
        "variables",
        "客户号只能用于 Webhook, 请删除变量 customer.ref。");
    check(
        problems,
        metadata.requiresProduct() || !variable.startsWith("product."),
        "variables",
        "使用 %s 的模板必须声明 requiresProduct: true。".formatted(variable));
  }

  private static void check(
      List<TemplateProblem> problems, boolean holds, String field, String message) {
    if (!holds) {
      problems.add(new TemplateProblem(field, 0, "invalid_" + field, message));
    }
  }
}
