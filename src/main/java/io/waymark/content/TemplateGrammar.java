package io.waymark.content;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of FreeMarker a message may use, as an allow-list: values, if, one level of list. What
 * is not named here is refused before FreeMarker sees it, so a new feature of the engine opens
 * nothing.
 */
final class TemplateGrammar {

  private static final int LONGEST = 60_000;
  private static final int DEEPEST = 12;
  private static final Pattern LIST =
      Pattern.compile(
          "\\s*([a-z][A-Za-z0-9_]*(?:\\.[A-Za-z][A-Za-z0-9_]*)*)\\s+as\\s+([a-z][A-Za-z0-9_]*)\\s*");
  private static final Set<String> ROOTS =
      Set.of("customer", "product", "broker", "advisor", "param");

  private final String part;
  private final String source;
  private final Set<String> declared;
  private final List<TemplateProblem> problems = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  private String item = "";
  private int at;

  private TemplateGrammar(String part, String source, Set<String> declared) {
    this.part = part;
    this.source = source;
    this.declared = declared;
  }

  /** Everything in a text that is not allowed, in the order of the text. */
  static List<TemplateProblem> problems(String part, String source, Set<String> declared) {
    TemplateGrammar grammar = new TemplateGrammar(part, source, declared);
    grammar.read();
    return grammar.problems;
  }

  private void read() {
    if (source.length() > LONGEST) {
      refuse("too_long", "模板超过 %d 字, 请拆短。".formatted(LONGEST));
      return;
    }
    while (at < source.length()) {
      if (source.startsWith("<#--", at)) {
        comment();
      } else if (source.startsWith("<#", at) || source.startsWith("</#", at)) {
        directive();
      } else if (source.startsWith("<@", at) || source.startsWith("</@", at)) {
        refuse("macro", "不允许调用宏, 请直接写出文字。");
        at += 2;
      } else if (source.startsWith("${", at)) {
        at += 2;
        new TemplateExpression(this, expression('}')).check();
      } else if (source.startsWith("#{", at)
          || source.startsWith("[#", at)
          || source.startsWith("[=", at)
          || source.startsWith("[@", at)) {
        refuse("syntax", "不允许 %s 写法, 取值请用 ${变量}。".formatted(source.substring(at, at + 2)));
        at += 2;
      } else {
        at++;
      }
    }
    if (!open.isEmpty()) {
      refuse("unclosed", "<#%s> 没有结束标记, 请补上 </#%s>。".formatted(open.peek(), open.peek()));
    }
  }

  private void comment() {
    int end = source.indexOf("-->", at);
    if (end < 0) {
      refuse("unclosed", "注释没有结束标记 -->, 请补上。");
      at = source.length();
    } else {
      at = end + 3;
    }
  }

  private void directive() {
    boolean closing = source.charAt(at + 1) == '/';
    at += closing ? 3 : 2;
    int from = at;
    while (at < source.length() && Character.isLetterOrDigit(source.charAt(at))) {
      at++;
    }
    String name = source.substring(from, at);
    String rest = expression('>');
    if (closing) {
      close(name, rest);
      return;
    }
    switch (name) {
      case "if" -> {
        enter("if");
        new TemplateExpression(this, rest).check();
      }
      case "elseif" -> new TemplateExpression(this, rest).check();
      case "else", "sep" -> nothingElse(name, rest);
      case "list" -> list(rest);
      default -> refuse("directive", "不允许使用 <#%s>, 只能用 if、elseif、else、list、sep。".formatted(name));
    }
  }

  private void list(String rest) {
    if (open.contains("list")) {
      refuse("nested_list", "列表里不允许再套列表, 请改写。");
    }
    enter("list");
    Matcher form = LIST.matcher(rest);
    if (!form.matches()) {
      refuse("list", "列表请写作 <#list 变量 as 名称>, 不允许数字区间或表达式。");
      return;
    }
    use(form.group(1));
    item = form.group(2);
    if (ROOTS.contains(item)) {
      refuse("list", "列表项不能叫 %s, 请换一个名称。".formatted(item));
    }
  }

  private void enter(String name) {
    open.push(name);
    if (open.size() > DEEPEST) {
      refuse("too_deep", "条件嵌套超过 %d 层, 请拆开。".formatted(DEEPEST));
    }
  }

  private void close(String name, String rest) {
    nothingElse(name, rest);
    if (name.equals("sep")) {
      return;
    }
    if (!name.equals(open.peek())) {
      refuse("unclosed", "</#%s> 没有对应的开始标记, 请检查。".formatted(name));
      return;
    }
    open.pop();
    if (name.equals("list")) {
      item = "";
    }
  }

  private void nothingElse(String name, String rest) {
    if (!rest.isBlank()) {
      refuse("syntax", "<#%s> 后面不允许再写内容。".formatted(name));
    }
  }

  /** The text up to the closing sign, which may also stand inside a string. */
  private String expression(char closing) {
    int from = at;
    char quote = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (quote != 0) {
        if (c == '\\') {
          at++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == closing) {
        return source.substring(from, at++);
      }
      at++;
    }
    at = source.length();
    refuse("unclosed", "缺少 %s, 请补上。".formatted(closing));
    return "";
  }

  void use(String path) {
    String root = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    if (!declared.contains(path) && !(root.equals(item) && open.contains("list"))) {
      refuse("undeclared_variable", "变量 %s 没有在元数据 variables 中声明, 请声明或删除。".formatted(path));
    }
  }

  void refuse(String code, String message) {
    int end = Math.min(at, source.length());
    int line = 1 + (int) source.substring(0, end).chars().filter(c -> c == '\n').count();
    String place = part.equals("subject") ? "标题" : "正文";
    problems.add(
        new TemplateProblem(part, line, code, "%s第 %d 行: %s".formatted(place, line, message)));
  }
}
