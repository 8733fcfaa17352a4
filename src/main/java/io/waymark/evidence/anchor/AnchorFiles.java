package io.waymark.evidence.anchor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Writes each anchor to a folder as well: whoever can rewrite the database cannot rewrite a copy
 * kept elsewhere. A folder that cannot be written is reported and stops nothing, since the page
 * exports every anchor again.
 */
@Component
@EnableConfigurationProperties(AnchorSettings.class)
class AnchorFiles {

  private static final Logger log = LoggerFactory.getLogger(AnchorFiles.class);

  private final AnchorSettings settings;

  AnchorFiles(AnchorSettings settings) {
    this.settings = settings;
  }

  @TransactionalEventListener
  void on(Anchored anchored) {
    Path folder = settings.folder();
    if (folder == null) {
      return;
    }
    Anchor anchor = anchored.anchor();
    try {
      Files.createDirectories(folder);
      String name = "%08d".formatted(anchor.number());
      Files.writeString(folder.resolve(name + ".txt"), anchor.statement());
      Files.writeString(
          folder.resolve(name + ".sig"), Base64.getEncoder().encodeToString(anchor.signature()));
    } catch (IOException e) {
      log.error("锚点 {} 未能写入 {}，请检查目录；可在证据页面重新导出。", anchor.number(), folder, e);
    }
  }
}
