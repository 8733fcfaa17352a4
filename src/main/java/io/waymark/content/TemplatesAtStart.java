package io.waymark.content;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Brings the templates of the folder in as drafts when the application starts. Unchanged ones stay
 * as they are; nothing is sent until an officer has approved them.
 */
@Component
@Order(5)
@ConditionalOnProperty(name = "waymark.templates.load-at-start", matchIfMissing = true)
class TemplatesAtStart implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(TemplatesAtStart.class);

  private final TemplateFolder folder;

  TemplatesAtStart(TemplateFolder folder) {
    this.folder = folder;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    long drafts =
        folder.load(TemplateFolder.AUTHOR).stream()
            .filter(version -> version.status() == TemplateStatus.DRAFT)
            .count();
    if (drafts > 0) {
      log.info("{} templates of the folder wait for approval", drafts);
    }
  }
}
