package io.waymark.content;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The versions of every message template and who approved which. */
@Component
public class Templates {

  /** The version of this code that may be sent at this instant. */
  public Optional<TemplateVersion> approved(String code, Instant at) {
    throw new IllegalStateException("not yet built");
  }

  /** Same for many codes in one statement; codes without an approved version are absent. */
  public Map<String, TemplateVersion> approvedAll(Collection<String> codes, Instant at) {
    throw new IllegalStateException("not yet built");
  }

  /**
   * Stores a text as a draft; the same content as the latest version is that version.
   *
   * @throws TemplateRefusedException naming every line that is not allowed
   */
  public TemplateVersion draft(TemplateMetadata metadata, String source, String author) {
    throw new IllegalStateException("not yet built");
  }

  /** Stores a text and puts it on the officers' list; the same content is no new version. */
  public TemplateVersion submit(TemplateMetadata metadata, String source, String author) {
    throw new IllegalStateException("not yet built");
  }

  /**
   * Approves exactly this content until {@code expires}; an earlier approved version is replaced.
   *
   * @throws TemplateRefusedException when the officer is the author, the content is another, the
   *     version is not open for approval or the expiry is not in the future
   */
  public TemplateVersion approve(long versionId, String hash, String officer, Instant expires) {
    throw new IllegalStateException("not yet built");
  }

  /** Takes a version back; nothing of its code is sent until another is approved. */
  public void withdraw(long versionId, String actor, String reason) {
    throw new IllegalStateException("not yet built");
  }

  public Optional<TemplateVersion> find(long versionId) {
    throw new IllegalStateException("not yet built");
  }

  /** All versions of a code, latest first. */
  public List<TemplateVersion> versionsOf(String code) {
    throw new IllegalStateException("not yet built");
  }

  /** One page of versions, newest first. */
  public List<TemplateVersion> page(TemplateFilter filter, int offset, int limit) {
    throw new IllegalStateException("not yet built");
  }

  public long count(TemplateFilter filter) {
    throw new IllegalStateException("not yet built");
  }
}
