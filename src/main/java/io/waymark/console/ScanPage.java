package io.waymark.console;

import io.waymark.compliance.ContentScanner;
import io.waymark.compliance.Finding;
import io.waymark.compliance.RulePacks;
import io.waymark.compliance.ScanReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Any text, typed or brought as a file, read with the rules in force; nothing of it is kept. */
@ConsolePage
class ScanPage {

  private static final int LONGEST = 200_000;
  private static final Set<String> READABLE = Set.of("txt", "html", "htm", "csv", "md", "ftl");

  private final ContentScanner scanner;
  private final RulePacks packs;
  private final Words words;
  private final Clock clock;

  ScanPage(ContentScanner scanner, RulePacks packs, Words words, Clock clock) {
    this.scanner = scanner;
    this.packs = packs;
    this.words = words;
    this.clock = clock;
  }

  /** A stretch of the text; with the findings that begin in it when it is marked. */
  public record Piece(String text, boolean marked) {}

  @GetMapping("/rules/scan")
  String show() {
    return "rule-scan";
  }

  @PostMapping("/rules/scan")
  String scan(
      @RequestParam(defaultValue = "") String text,
      @RequestParam(required = false) @Nullable MultipartFile file,
      Model model)
      throws IOException {
    String read = file == null || file.isEmpty() ? text : read(file, model);
    model.addAttribute("text", file == null || file.isEmpty() ? text : "");
    if (read.isBlank() || read.length() > LONGEST) {
      if (!model.containsAttribute("refused")) {
        model.addAttribute("refused", words.of("scan.none", LONGEST));
      }
      return "rule-scan";
    }
    ScanReport report = scanner.scan(read);
    model.addAttribute("report", report);
    model.addAttribute("pieces", pieces(read, report.findings()));
    model.addAttribute("sources", packs.active(clock.instant()).sources());
    return "rule-scan";
  }

  private String read(MultipartFile file, Model model) throws IOException {
    String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!READABLE.contains(ending)) {
      model.addAttribute("refused", words.of("scan.by_people", name));
      return "";
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(file.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      model.addAttribute("refused", words.of("scan.not_utf8", name));
      return "";
    }
  }

  private static List<Piece> pieces(String text, List<Finding> findings) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (Finding finding : findings) {
      if (finding.end() > at) {
        int start = Math.max(at, finding.start());
        if (start > at) {
          pieces.add(new Piece(text.substring(at, start), false));
        }
        pieces.add(new Piece(text.substring(start, finding.end()), true));
        at = finding.end();
      }
    }
    pieces.add(new Piece(text.substring(at), false));
    return pieces;
  }
}
