package io.waymark.channel.simulator;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page for people: what arrived, newest first. */
final class PeerPage {

  private static final int ROWS = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final Map<String, String> FATES =
      Map.of(
          "delivered", "已送达",
          "failed", "送达失败",
          "bounced", "被退回",
          "opened", "已打开",
          "clicked", "已点击");

  private static final String TOP =
      """
      <!DOCTYPE html>
      <html lang="zh-CN"><head><meta charset="utf-8"><title>%1$s</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      %6$s<style>
      body { font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; margin: 0;
             color: #182433; background: #f6f8fb }
      header { background: #fff; border-bottom: 1px solid #dce1e7; padding: 16px 24px }
      h1 { font-size: 20px; margin: 0 } header p { margin: 4px 0 0; color: #667382 }
      main { padding: 16px 24px; overflow-x: auto }
      table { border-collapse: collapse; width: 100%%; background: #fff; border: 1px solid #dce1e7 }
      th, td { text-align: left; vertical-align: top; padding: 8px 12px;
               border-bottom: 1px solid #e6e8ec }
      th { color: #667382; font-weight: 600; white-space: nowrap }
      td.text { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 640px }
      td.id { font-family: ui-monospace, monospace; font-size: 12px; color: #667382 }
      .empty { padding: 48px; text-align: center; color: #667382 }
      nav a { margin-right: 16px } code { font-size: 12px; overflow-wrap: anywhere }
      </style></head><body>
      <header><h1>%1$s</h1>
      <p>演示与测试用，消息不会真正发出。共收到 %2$d 条不同的消息；地址已脱敏。</p>
      <p>当前表现：<code>%3$s</code></p></header>
      <main>%4$s%5$s</main></body></html>
      """;

  private PeerPage() {}

  static String html(
      String title,
      List<LedgerLine> newestFirst,
      long taken,
      String misbehaviour,
      @Nullable String query) {
    int pages = Math.max(1, (newestFirst.size() + ROWS - 1) / ROWS);
    int page = Math.min(page(query), pages);
    int from = (page - 1) * ROWS;
    List<LedgerLine> rows = newestFirst.subList(from, Math.min(newestFirst.size(), from + ROWS));
    return TOP.formatted(
        title,
        taken,
        htmlEscape(misbehaviour),
        table(rows),
        turn(page, pages),
        // Only the newest page renews itself: nobody reads a page that moves.
        page == 1 ? "<meta http-equiv=\"refresh\" content=\"5\">" : "");
  }

  private static int page(@Nullable String query) {
    return query != null && query.matches("page=[1-9]\\d{0,5}")
        ? Integer.parseInt(query.substring("page=".length()))
        : 1;
  }

  private static String table(List<LedgerLine> rows) {
    if (rows.isEmpty()) {
      return "<p class=\"empty\">还没有收到消息。旅程发出第一条消息后会显示在这里。</p>";
    }
    StringBuilder table =
        new StringBuilder(
            "<table><thead><tr><th>时间</th><th>地址</th><th>内容</th><th>次数</th><th>回执</th>"
                + "<th>消息编号</th></tr></thead><tbody>");
    rows.forEach(line -> table.append(row(line)));
    return table.append("</tbody></table>").toString();
  }

  private static String row(LedgerLine line) {
    String subject =
        line.subject() == null ? "" : "<strong>" + htmlEscape(line.subject()) + "</strong>\n";
    String fate = line.fate() == null ? "等待" : FATES.getOrDefault(line.fate(), line.fate());
    return "<tr><td>%s</td><td>%s</td><td class=\"text\">%s%s</td><td>%d</td><td>%s</td><td class=\"id\">%s</td></tr>"
        .formatted(
            TIME.format(line.firstAt()),
            htmlEscape(Masked.address(line.address())),
            subject,
            htmlEscape(line.text()),
            line.arrivals(),
            htmlEscape(fate),
            line.messageId());
  }

  private static String turn(int page, int pages) {
    String newer = page > 1 ? "<a href=\"/?page=" + (page - 1) + "\">较新</a>" : "";
    String older = page < pages ? "<a href=\"/?page=" + (page + 1) + "\">较旧</a>" : "";
    return pages == 1
        ? ""
        : "<nav><p>" + newer + older + "第 " + page + " 页，共 " + pages + " 页</p></nav>";
  }
}
