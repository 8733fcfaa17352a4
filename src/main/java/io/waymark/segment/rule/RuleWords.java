package io.waymark.segment.rule;

import java.util.ArrayList;
import java.util.List;

/** Cuts a rule text into words. */
final class RuleWords {

  private static final int LONGEST = 8000;
  private static final String FULL_WIDTH = "（），‘’“”＝＞＜！。、";

  enum Kind {
    NAME,
    TEXT,
    NUMBER,
    DATE,
    SIGN,
    END
  }

  /**
   * @param text the word; for a quoted text what stands between the quotes
   * @param at 0-based offset of its first character
   */
  record Word(Kind kind, String text, int at) {}

  private final String text;
  private int at;

  private RuleWords(String text) {
    this.text = text;
  }

  static Words split(String text) {
    if (text.length() > LONGEST) {
      throw problem(text, LONGEST, "规则太长,最多 " + LONGEST + " 个字符,请拆成几个人群再引用");
    }
    return new Words(text, new RuleWords(text).words());
  }

  /** The words of one text, the last of which is always the end. */
  record Words(String source, List<Word> list) {}

  static RuleSyntaxException problem(String source, int at, String what) {
    String before = source.substring(0, Math.min(at, source.length()));
    int line = 1 + (int) before.chars().filter(character -> character == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    return new RuleSyntaxException(at + 1, "规则第 %d 行第 %d 个字符:%s。".formatted(line, column, what));
  }

  private List<Word> words() {
    var words = new ArrayList<Word>();
    for (skipSpace(); at < text.length(); skipSpace()) {
      words.add(next());
    }
    words.add(new Word(Kind.END, "", text.length()));
    return words;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Word next() {
    char first = text.charAt(at);
    if (first == '\'') {
      return quoted();
    }
    if (Character.isLetter(first) || first == '_') {
      return run(Kind.NAME);
    }
    if (Character.isDigit(first) || first == '-') {
      return number();
    }
    if (FULL_WIDTH.indexOf(first) >= 0) {
      throw problem(text, at, "出现全角符号“" + first + "”,请改用半角符号");
    }
    return sign();
  }

  private Word quoted() {
    int start = at++;
    var value = new StringBuilder();
    while (at < text.length()) {
      char character = text.charAt(at++);
      if (character != '\'') {
        value.append(character);
      } else if (at < text.length() && text.charAt(at) == '\'') {
        value.append('\'');
        at++;
      } else if (value.toString().isBlank()) {
        throw problem(text, start, "引号内不能为空");
      } else {
        return new Word(Kind.TEXT, value.toString(), start);
      }
    }
    throw problem(text, start, "引号没有结束,请补上另一个单引号");
  }

  private Word run(Kind kind) {
    int start = at;
    while (at < text.length() && belongs(text.charAt(at))) {
      at++;
    }
    return new Word(kind, text.substring(start, at), start);
  }

  private static boolean belongs(char character) {
    return Character.isLetterOrDigit(character) || "_.-".indexOf(character) >= 0;
  }

  private Word number() {
    Word word = run(Kind.NUMBER);
    if (word.text().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      return new Word(Kind.DATE, word.text(), word.at());
    }
    if (!word.text().matches("-?[0-9]{1,18}(\\.[0-9]{1,8})?")) {
      throw problem(text, word.at(), "“" + word.text() + "”不是数字;名称以数字开头时请加单引号");
    }
    return word;
  }

  private Word sign() {
    int start = at;
    for (String sign : List.of(">=", "<=", "!=", ">", "<", "=", "(", ")", ",")) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return new Word(Kind.SIGN, sign, start);
      }
    }
    throw problem(text, at, "不认识的符号“" + text.charAt(at) + "”");
  }
}
