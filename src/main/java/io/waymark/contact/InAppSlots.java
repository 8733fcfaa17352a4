package io.waymark.contact;

import java.util.List;
import org.springframework.stereotype.Component;

/** What a customer sees at a place of the App now (资源位). */
@Component
public class InAppSlots {

  /**
   * The content a customer sees at a slot now, highest priority first; consent and approval are
   * looked at again, since either may be gone since it was placed.
   *
   * @param ref the broker's customer number or another identity
   */
  public List<SlotContent> current(String ref, String slot) {
    throw new IllegalStateException("not yet built");
  }
}
