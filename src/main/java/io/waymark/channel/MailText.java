package io.waymark.channel;

import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** The two forms of a mail's text, each made from the other when only one is given. */
public final class MailText {

  private static final Pattern MARKUP =
      Pattern.compile(
          "(?i)<(!doctype|html|body|p|div|br|table|a|span|h[1-6]|ul|ol|img|strong|em|b|i)\\b[^>]*>");
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z!/][^>]*>");
  private static final Pattern HIDDEN =
      Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1>|<!--.*?-->");
  private static final Pattern LINK =
      Pattern.compile("(?is)<a\\b[^>]*?href\\s*=\\s*[\"']([^\"']*)[\"'][^>]*>(.*?)</a>");
  private static final Pattern LINE_END =
      Pattern.compile("(?i)\\s*(<br\\s*/?>|</(p|div|tr|h[1-6]|ul|ol|table)>|<li\\b[^>]*>)\\s*");

  private MailText() {}

  /** Whether a body is HTML rather than plain text. */
  public static boolean isHtml(String body) {
    return MARKUP.matcher(body).find();
  }

  static String html(String body) {
    if (isHtml(body)) {
      return body;
    }
    return "<!DOCTYPE html><html lang=\"zh-CN\"><body><p>"
        + HtmlUtils.htmlEscape(body, "UTF-8").replace("\n", "<br>\n")
        + "</p></body></html>";
  }

  /** Keeps the targets of links: an unsubscribe link must work in both forms. */
  static String plain(String body) {
    if (!isHtml(body)) {
      return body;
    }
    String text = HIDDEN.matcher(body).replaceAll("");
    text = text.replaceAll("\\s*\\n\\s*", " ");
    text = LINK.matcher(text).replaceAll("$2 ( $1 )");
    text = LINE_END.matcher(text).replaceAll("\n");
    text = TAG.matcher(text).replaceAll("");
    return HtmlUtils.htmlUnescape(text)
        .replaceAll("[ \\t\\u00a0]+", " ")
        .replaceAll(" ?\\n ?", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }
}
