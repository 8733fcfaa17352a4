package io.waymark.content;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One expression of a template, read token by token. Everything that could call, build, index,
 * evaluate or loop is missing from the list of tokens.
 */
final class TemplateExpression {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+"
              + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
              + "|(?<number>\\d+(?:\\.\\d+)?)"
              + "|\\?(?<builtin>[a-z_]+)"
              + "|(?<path>[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)"
              + "|(?<open>\\()"
              + "|\\)"
              + "|(?<sign>\\?\\?|!=|==|&&|\\|\\||!|,|\\+)");
  private static final Set<String> WORDS = Set.of("true", "false", "gt", "gte", "lt", "lte");
  private static final Set<String> BUILTINS =
      Set.of("has_content", "string", "then", "trim", "length");
  private static final Set<String> WITH_ARGUMENTS = Set.of("string", "then");

  private final TemplateGrammar grammar;
  private final String expression;

  TemplateExpression(TemplateGrammar grammar, String expression) {
    this.grammar = grammar;
    this.expression = expression;
  }

  void check() {
    if (expression.isBlank()) {
      grammar.refuse("syntax", "缺少表达式, 请写出变量。");
      return;
    }
    Matcher token = TOKEN.matcher(expression);
    int at = 0;
    boolean callable = false;
    boolean argumentsAllowed = false;
    while (at < expression.length()) {
      if (!token.region(at, expression.length()).lookingAt()) {
        grammar.refuse("syntax", "不允许 %s, 只能用变量、比较和 ?has_content 等。".formatted(sample(at)));
        return;
      }
      at = token.end();
      if (token.group().isBlank()) {
        continue;
      }
      if (token.group("open") != null && callable && !argumentsAllowed) {
        grammar.refuse("call", "不允许调用方法, 请只写变量。");
      }
      argumentsAllowed = false;
      callable = false;
      if (token.group("text") != null) {
        text(token.group("text"));
        callable = true;
      } else if (token.group("builtin") != null) {
        builtin(token.group("builtin"));
        callable = true;
        argumentsAllowed = WITH_ARGUMENTS.contains(token.group("builtin"));
      } else if (token.group("path") != null && !WORDS.contains(token.group("path"))) {
        grammar.use(token.group("path"));
        callable = true;
      } else if (token.group().equals(")")) {
        callable = true;
      }
    }
  }

  private void text(String literal) {
    if (literal.contains("${") || literal.contains("#{") || literal.contains("[=")) {
      grammar.refuse("syntax", "引号里不允许再取值, 请把变量写在引号外。");
    }
  }

  private void builtin(String name) {
    if (!BUILTINS.contains(name)) {
      grammar.refuse(
          "builtin", "不允许 ?%s, 只能用 ?has_content、?string、?then、?trim、?length。".formatted(name));
    }
  }

  private String sample(int at) {
    return expression.substring(at, Math.min(expression.length(), at + 8)).strip();
  }
}
