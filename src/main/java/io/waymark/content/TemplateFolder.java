package io.waymark.content;

import java.util.List;
import org.springframework.stereotype.Component;

/** Imports the folder of template files as drafts. */
@Component
public class TemplateFolder {

  /**
   * Reads every {@code <code>.yaml} with its {@code <code>.ftl}; unchanged content is no new
   * version.
   *
   * @return the latest version of every code in the folder, in order of code
   * @throws TemplateRefusedException naming every file and line that is not allowed
   */
  public List<TemplateVersion> load(String author) {
    throw new IllegalStateException("not yet built");
  }
}
