package io.waymark.content;

import java.util.Map;
import org.springframework.stereotype.Component;

/** Turns an approved template and the values of one customer into the text that is sent. */
@Component
public class Renderer {

  /**
   * Renders subject and body.
   *
   * @param model {@code customer.name}, {@code customer.salutation}, {@code customer.ref} (webhook
   *     only), {@code product.*}, {@code broker.*}, {@code advisor.*}, {@code param.*} as nested
   *     maps
   * @throws RenderException when a variable is missing, of a kind that is not allowed, or the text
   *     grows too long
   */
  public Rendered render(TemplateVersion version, Map<String, Object> model) {
    throw new IllegalStateException("not yet built");
  }
}
