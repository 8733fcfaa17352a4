package io.waymark.evidence.pack;

import com.lowagie.text.pdf.BaseFont;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The Chinese font of the report: the file a broker names, or one that servers usually have; the
 * signs used are embedded, so that the report reads the same in twenty years. Without any it is the
 * standard one of PDF readers, not embedded, which lacks some signs of names (the dot of 买买提·阿不都).
 */
@Component
class ReportFont {

  private static final Logger LOG = LoggerFactory.getLogger(ReportFont.class);

  /** A file and, in a collection, the number of the simplified Chinese face. */
  private static final List<String> USUAL =
      List.of(
          "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc,2",
          "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc,2",
          "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc,2",
          "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc,0",
          "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc,0",
          "C:/Windows/Fonts/simsun.ttc,0",
          "/System/Library/Fonts/STHeiti Light.ttc,1");

  private final @Nullable String file;

  ReportFont(@Value("${waymark.evidence.report-font:}") String named) {
    this.file = named.isBlank() ? usual() : named.strip();
    if (file == null) {
      LOG.warn("没有找到可嵌入的中文字体，证据报告将使用阅读器自带的字体；请用 waymark.evidence.report-font 指定字体文件。");
    }
  }

  private static @Nullable String usual() {
    return USUAL.stream()
        .filter(font -> Files.isReadable(Path.of(font.substring(0, font.lastIndexOf(',')))))
        .findFirst()
        .orElse(null);
  }

  /**
   * The font, read anew: it remembers which signs one report used.
   *
   * @throws IOException when the named file is no font
   */
  BaseFont load() throws IOException {
    return file == null
        ? BaseFont.createFont("STSong-Light", "UniGB-UCS2-H", BaseFont.NOT_EMBEDDED)
        : BaseFont.createFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, null, null);
  }
}
