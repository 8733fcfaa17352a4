package io.waymark.compliance;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Unicode knows of characters, by ICU: simplified forms, look-alikes, the sound of a
 * character. A pack's own tables come before these.
 */
final class HanTables {

  private static final int FIRST_HAN = 0x3400;
  private static final int LAST_HAN = 0x9fff;

  /** Below this lie the alphabets that imitate the Latin one. */
  private static final int ALPHABETS_END = 0x2000;

  private static final Transliterator SOUND =
      Transliterator.getInstance("Han-Latin; Latin-ASCII; [^a-z] Remove");
  private static final Map<Character, String> SOUNDS = new ConcurrentHashMap<>();
  private static final char[] SIMPLE = simple();

  private HanTables() {}

  /** A table over all characters: simplified, lower case, look-alikes as the Latin letter. */
  static char[] folded() {
    return SIMPLE.clone();
  }

  /** Sound of one Chinese character without its tone, e.g. {@code bao}; empty when it has none. */
  static String sound(char character) {
    return SOUNDS.computeIfAbsent(character, HanTables::heard);
  }

  private static String heard(char character) {
    synchronized (SOUND) {
      return SOUND.transliterate(String.valueOf(character));
    }
  }

  private static char[] simple() {
    char[] table = new char[Character.MAX_VALUE + 1];
    for (int c = 0; c < table.length; c++) {
      table[c] = Character.toLowerCase((char) c);
    }
    lookalikes(table);
    Transliterator simplify = Transliterator.getInstance("Traditional-Simplified");
    for (int c = FIRST_HAN; c <= LAST_HAN; c++) {
      String to = simplify.transliterate(String.valueOf((char) c));
      if (to.length() == 1) {
        table[c] = to.charAt(0);
      }
    }
    return table;
  }

  private static void lookalikes(char[] table) {
    SpoofChecker looks = new SpoofChecker.Builder().build();
    Map<String, Character> latin = new HashMap<>();
    for (char c = 'a'; c <= 'z'; c++) {
      latin.put(looks.getSkeleton(String.valueOf(c)), c);
      latin.putIfAbsent(looks.getSkeleton(String.valueOf(Character.toUpperCase(c))), c);
    }
    for (int c = 0x80; c < ALPHABETS_END; c++) {
      if (Character.isLetter(c)) {
        Character like = latin.get(looks.getSkeleton(Character.toString(c)));
        if (like != null) {
          table[c] = like;
        } else if (UScript.getScript(c) == UScript.LATIN) {
          char bare = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD).charAt(0);
          table[c] = Character.toLowerCase(bare);
        }
      }
    }
  }
}
