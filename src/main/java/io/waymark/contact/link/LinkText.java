package io.waymark.contact.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Finds links in a text and exchanges their targets. */
final class LinkText {

  /** In running text an address ends where Chinese or a blank begins. */
  private static final Pattern IN_TEXT =
      Pattern.compile("https?://[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]+");

  private static final Pattern IN_HTML =
      Pattern.compile("(?i)(<a\\b[^>]*?\\bhref\\s*=\\s*)([\"'])(https?://[^\"']+)\\2");

  private static final Pattern SENTENCE_END = Pattern.compile("[.,;:!?)\\]']+$");

  private LinkText() {}

  /**
   * @param html whether only the targets of {@code <a href>} are links
   * @param allowed which hosts are exchanged
   * @param exchange gives the new address of a target
   */
  static String exchange(
      String text, boolean html, Predicate<String> allowed, UnaryOperator<String> exchange) {
    Matcher matcher = (html ? IN_HTML : IN_TEXT).matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String replacement =
          html
              ? matcher.group(1)
                  + matcher.group(2)
                  + one(
                      HtmlUtils.htmlUnescape(matcher.group(3)), matcher.group(3), allowed, exchange)
                  + matcher.group(2)
              : plain(matcher.group(), allowed, exchange);
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(result).toString();
  }

  private static String plain(
      String found, Predicate<String> allowed, UnaryOperator<String> exchange) {
    Matcher end = SENTENCE_END.matcher(found);
    int length = end.find() ? end.start() : found.length();
    String target = found.substring(0, length);
    return one(target, target, allowed, exchange) + found.substring(length);
  }

  private static String one(
      String target, String written, Predicate<String> allowed, UnaryOperator<String> exchange) {
    try {
      URI uri = new URI(target);
      String host = uri.getHost();
      return host != null && uri.getUserInfo() == null && allowed.test(host)
          ? exchange.apply(target)
          : written;
    } catch (URISyntaxException e) {
      return written;
    }
  }

  /** A picture of one pixel at the end of the page. */
  static String withPicture(String html, String address) {
    String picture =
        "<img src=\"" + address + "\" width=\"1\" height=\"1\" alt=\"\" style=\"border:0\">";
    int end = html.toLowerCase(Locale.ROOT).lastIndexOf("</body>");
    return end < 0 ? html + picture : html.substring(0, end) + picture + html.substring(end);
  }
}
