package io.waymark.console;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An act somebody asks for on a page; where it is refused, the next page says why. */
final class Attempt {

  private Attempt() {}

  /**
   * Does it.
   *
   * @param refusal whose message is a sentence for people; anything else is an error
   * @return whether it was done
   */
  static boolean made(
      RedirectAttributes next, Class<? extends RuntimeException> refusal, Runnable act) {
    try {
      act.run();
      return true;
    } catch (RuntimeException failure) {
      if (!refusal.isInstance(failure)) {
        throw failure;
      }
      next.addFlashAttribute("refused", failure.getMessage());
      return false;
    }
  }
}
