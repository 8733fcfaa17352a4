package io.waymark.contact;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The replies by which a customer ends marketing, full or half width, in any case, with or without
 * signs around them (通信短信息服务管理规定: refusing must be easy).
 *
 * @param words as the policy lists them
 * @param basis law or house rule
 */
public record UnsubscribeWords(Set<String> words, String basis) {

  public UnsubscribeWords {
    words = words.stream().map(UnsubscribeWords::plain).collect(Collectors.toUnmodifiableSet());
    ContactPolicy.require(!words.isEmpty() && !basis.isBlank(), "unsubscribe-words");
  }

  /** Whether a reply is one of them and nothing else. */
  public boolean matches(String reply) {
    return words.contains(plain(reply));
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replaceAll("[^\\p{L}\\p{N}]", "")
        .toUpperCase(Locale.ROOT);
  }
}
