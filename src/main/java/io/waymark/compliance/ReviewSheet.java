package io.waymark.compliance;

import io.waymark.content.Rendered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the machine shows a reviewer about one template and one sample reader.
 *
 * @param reader the sample reader in Chinese, e.g. 普通投资者 C3
 * @param rendered null when it could not be rendered
 * @param renderProblem Chinese sentence why not; null when it could
 */
public record ReviewSheet(
    String reader,
    @Nullable Rendered rendered,
    @Nullable String renderProblem,
    ScanReport scan,
    List<MissingElement> missing) {

  public ReviewSheet {
    missing = List.copyOf(missing);
  }

  /** Whether a message like this would be withheld by the gate. */
  public boolean wouldBeWithheld() {
    return rendered == null || scan.blocks() || !missing.isEmpty();
  }
}
