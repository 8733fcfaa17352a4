package io.waymark.bench;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import com.sun.management.ThreadMXBean;
import io.waymark.compliance.ContentRule;
import io.waymark.compliance.PackScanner;
import io.waymark.compliance.RulePack;
import io.waymark.compliance.Wording;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * How fast one core scans Chinese text with the whole shipped pack and all views. Time is the
 * thread's own processor time, so that neighbours on the machine do not count.
 */
class ScannerBench {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final Pattern WORD = Pattern.compile("[一-龥]{2,}");
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int TEXTS = 4_000;
  private static final int RENDERINGS = 1_000_000;

  @Test
  void megabytes_a_second_against_one_plain_pass() throws Exception {
    PackScanner scanner = PackScanner.of(pack());
    AhoCorasickDoubleArrayTrie<String> plain = plain(scanner.pack());
    List<String> clean = texts(false);
    List<String> mixed = texts(true);
    Rounds.of(
            "Scanner, Chinese text, one core, " + mebibytes(clean) + " MB a round",
            "MB per second of one core",
            9)
        .contestant(
            "one plain Aho-Corasick pass (library)", () -> rate(clean, text -> walk(plain, text)))
        .contestant(
            "full pack, all views, texts fit to send",
            () -> rate(clean, text -> hits(scanner, text)))
        .contestant(
            "full pack, all views, one sentence in 20 a violation",
            () -> rate(mixed, text -> hits(scanner, text)))
        .run();
  }

  @Test
  void a_million_renderings_allocate_no_more_each_than_the_first() throws Exception {
    PackScanner scanner = PackScanner.of(pack());
    List<String> texts = texts(false);
    int hits = 0;
    for (int tenth = 0; tenth < 10; tenth++) {
      long before = THREAD.getCurrentThreadAllocatedBytes();
      long at = THREAD.getCurrentThreadCpuTime();
      for (int i = 0; i < RENDERINGS / 10; i++) {
        hits += hits(scanner, texts.get(i % TEXTS));
      }
      System.out.printf(
          "%,9d renderings: %,8.1f bytes allocated a scan, %,6.2f µs a scan%n",
          (tenth + 1) * RENDERINGS / 10,
          (THREAD.getCurrentThreadAllocatedBytes() - before) * 10.0 / RENDERINGS,
          (THREAD.getCurrentThreadCpuTime() - at) / 1e3 * 10 / RENDERINGS);
    }
    System.out.println("findings: " + hits);
  }

  private interface Work {
    int on(String text);
  }

  private static double rate(List<String> texts, Work work) {
    long bytes = 0;
    long hits = 0;
    long at = THREAD.getCurrentThreadCpuTime();
    for (String text : texts) {
      hits += work.on(text);
    }
    double seconds = (THREAD.getCurrentThreadCpuTime() - at) / 1e9;
    for (String text : texts) {
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (hits < 0) {
      throw new IllegalStateException();
    }
    return bytes / 1e6 / seconds;
  }

  private static int hits(PackScanner scanner, String text) {
    return scanner.scan(text, DAY).findings().size();
  }

  private static int walk(AhoCorasickDoubleArrayTrie<String> trie, String text) {
    int[] hits = {0};
    AhoCorasickDoubleArrayTrie.IHit<String> count = (begin, end, word) -> hits[0]++;
    trie.parseText(text, count);
    return hits[0];
  }

  private static AhoCorasickDoubleArrayTrie<String> plain(RulePack pack) {
    TreeMap<String, String> words = new TreeMap<>();
    for (ContentRule rule : pack.rules()) {
      rule.phrases().forEach(phrase -> words.put(phrase, rule.id()));
      for (Wording wording : rule.patterns()) {
        Matcher matcher = WORD.matcher(wording.match());
        while (matcher.find()) {
          words.put(matcher.group(), rule.id());
        }
      }
    }
    AhoCorasickDoubleArrayTrie<String> trie = new AhoCorasickDoubleArrayTrie<>();
    trie.build(words);
    return trie;
  }

  /** Sentences of the corpus in random order, some 300 characters a text. */
  private static List<String> texts(boolean violations) throws IOException {
    List<String> fit = corpus("=");
    List<String> unfit = corpus("!");
    Random random = new Random(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 300) {
        boolean bad = violations && random.nextInt(20) == 0;
        List<String> from = bad ? unfit : fit;
        text.append(from.get(random.nextInt(from.size()))).append('。');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static List<String> corpus(String sign) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/compliance/corpus.txt")).stream()
        .filter(line -> line.startsWith(sign + " ") && !line.contains("<") && !line.contains("\\u"))
        .map(line -> line.substring(line.indexOf(" | ") + 3))
        .toList();
  }

  private static String mebibytes(List<String> texts) {
    long bytes = 0;
    for (String text : texts) {
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
    }
    return "%.1f".formatted(bytes / 1e6);
  }

  private static String pack() throws IOException {
    return Files.readString(Path.of("src/main/resources/compliance/rule-pack-2026-11.yaml"));
  }
}
