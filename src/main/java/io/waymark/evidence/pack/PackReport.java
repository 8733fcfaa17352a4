package io.waymark.evidence.pack;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.HeaderFooter;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import io.waymark.evidence.anchor.Anchor;
import io.waymark.evidence.anchor.SigningKey;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The report people read. */
@Component
class PackReport {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final Color QUIET = new Color(0xF1, 0xF4, 0xF8);
  private static final int LAST_ANCHORS = 20;

  private final MessageSource words;
  private final ReportFont font;

  PackReport(MessageSource words, ReportFont font) {
    this.words = words;
    this.font = font;
  }

  void write(
      OutputStream out,
      PackSubject subject,
      String officer,
      Instant now,
      SigningKey key,
      PackSummary summary,
      List<Anchor> anchors)
      throws IOException {
    try {
      Letters letters = new Letters(font.load());
      Document document = new Document(PageSize.A4, 48, 48, 54, 54);
      PdfWriter.getInstance(document, out).setCloseStream(false);
      document.addTitle("证据报告 " + subject.code());
      document.addCreator("Waymark");
      HeaderFooter foot =
          new HeaderFooter(
              new Phrase("路标 证据报告 · 第 ", letters.small), new Phrase(" 页", letters.small));
      foot.setBorder(0);
      foot.setAlignment(Element.ALIGN_CENTER);
      document.setFooter(foot);
      document.open();
      head(document, letters, subject, officer, now, key, summary);
      kinds(document, letters, summary);
      anchors(document, letters, anchors);
      rows(document, letters, summary);
      document.close();
    } catch (DocumentException e) {
      throw new IOException("the report cannot be laid out", e);
    }
  }

  private static void head(
      Document document,
      Letters letters,
      PackSubject subject,
      String officer,
      Instant now,
      SigningKey key,
      PackSummary summary) {
    document.add(new Paragraph("证据报告", letters.title));
    document.add(new Paragraph(subject.title(), letters.heading));
    PdfPTable facts = table(new float[] {1, 4});
    fact(facts, letters, "对象编号", subject.code());
    if (subject instanceof PackSubject.OfJourney journey) {
      fact(
          facts,
          letters,
          "时间范围",
          TIME.format(journey.from()) + " 起，" + TIME.format(journey.to()) + " 前");
    }
    fact(facts, letters, "导出时间", TIME.format(now) + "（北京时间）");
    fact(facts, letters, "导出人", officer);
    fact(facts, letters, "证据条数", String.valueOf(summary.rows()));
    fact(facts, letters, "签名公钥指纹", key.id());
    document.add(facts);
    document.add(
        new Paragraph(
            "本报告与同一压缩包内的 rows.jsonl（全部证据原文与存在性证明）、anchors（签名锚点）一并签名于"
                + " manifest.sig。核验方法见“README.txt”：在装有 Java 17 的电脑上执行 java Verify.java，"
                + "无需路标系统。请先将上列公钥指纹与公司对外公布的指纹核对。",
            letters.text));
  }

  private void kinds(Document document, Letters letters, PackSummary summary) {
    document.add(heading("一、按类别统计", letters));
    PdfPTable table = table(new float[] {3, 3, 1});
    header(table, letters, "类别", "代码", "条数");
    summary
        .perKind()
        .forEach(
            (kind, count) -> {
              cell(table, kindTitle(kind), letters.text);
              cell(table, kind, letters.small);
              cell(table, String.valueOf(count), letters.text);
            });
    document.add(table);
  }

  private static void anchors(Document document, Letters letters, List<Anchor> anchors) {
    document.add(heading("二、签名锚点", letters));
    if (anchors.size() > LAST_ANCHORS) {
      document.add(
          new Paragraph(
              "共 %d 个，以下为最近 %d 个。".formatted(anchors.size(), LAST_ANCHORS), letters.text));
    }
    PdfPTable table = table(new float[] {0.7f, 2, 2, 4, 1});
    header(table, letters, "编号", "链节", "签名时间", "默克尔根", "时间戳");
    anchors.stream()
        .skip(Math.max(0, anchors.size() - LAST_ANCHORS))
        .forEach(
            anchor -> {
              cell(table, String.valueOf(anchor.number()), letters.small);
              cell(table, anchor.firstSeal() + " – " + anchor.lastSeal(), letters.small);
              cell(table, TIME.format(anchor.madeAt()), letters.small);
              cell(table, HexFormat.of().formatHex(anchor.root()), letters.small);
              cell(table, anchor.stamped() ? "有" : "无", letters.small);
            });
    document.add(table);
  }

  private void rows(Document document, Letters letters, PackSummary summary) {
    document.add(heading("三、证据明细", letters));
    if (summary.rows() > summary.first().size()) {
      document.add(
          new Paragraph(
              "以下为前 %d 条；全部 %d 条见 rows.jsonl。".formatted(summary.first().size(), summary.rows()),
              letters.text));
    }
    PdfPTable table = table(new float[] {1, 2.2f, 1.6f, 1.6f, 4.6f});
    header(table, letters, "链节", "时间", "类别", "操作者", "对象与事实");
    for (PackRows.PackRow row : summary.first()) {
      cell(table, String.valueOf(row.seal()), letters.small);
      cell(table, TIME.format(row.at().toInstant()), letters.small);
      cell(table, kindTitle(row.kind()), letters.small);
      cell(table, row.actor(), letters.small);
      cell(table, row.subject() + "\n" + row.facts(), letters.small);
    }
    document.add(table);
  }

  private String kindTitle(String kind) {
    String key = "evidence.kind." + kind;
    String title = words.getMessage(key, null, kind, Locale.CHINA);
    return title == null ? kind : title;
  }

  private static Paragraph heading(String text, Letters letters) {
    Paragraph heading = new Paragraph(text, letters.heading);
    heading.setSpacingBefore(16);
    heading.setSpacingAfter(6);
    return heading;
  }

  private static PdfPTable table(float[] widths) {
    PdfPTable table = new PdfPTable(widths);
    table.setWidthPercentage(100);
    table.setSpacingBefore(6);
    table.setSpacingAfter(6);
    return table;
  }

  private static void header(PdfPTable table, Letters letters, String... titles) {
    for (String title : titles) {
      PdfPCell cell = new PdfPCell(new Phrase(title, letters.strong));
      cell.setBackgroundColor(QUIET);
      cell.setPadding(4);
      table.addCell(cell);
    }
    table.setHeaderRows(1);
  }

  private static void fact(PdfPTable table, Letters letters, String name, String value) {
    PdfPCell title = new PdfPCell(new Phrase(name, letters.strong));
    title.setBackgroundColor(QUIET);
    title.setPadding(4);
    table.addCell(title);
    cell(table, value, letters.text);
  }

  private static void cell(PdfPTable table, String text, Font font) {
    PdfPCell cell = new PdfPCell(new Phrase(text, font));
    cell.setPadding(4);
    table.addCell(cell);
  }

  /** The sizes of one font. */
  private static final class Letters {

    private final Font title;
    private final Font heading;
    private final Font strong;
    private final Font text;
    private final Font small;

    Letters(BaseFont base) {
      title = new Font(base, 22);
      heading = new Font(base, 13);
      strong = new Font(base, 9.5f);
      text = new Font(base, 9.5f);
      small = new Font(base, 7.5f);
    }
  }
}
