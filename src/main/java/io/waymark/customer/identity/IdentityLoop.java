package io.waymark.customer.identity;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Judges links as they come. Two nodes may judge the same one: the second finds it decided. */
@Component
class IdentityLoop {

  private static final int BATCH = 100;

  private final IdentityLinks links;

  IdentityLoop(IdentityLinks links) {
    this.links = links;
  }

  @Scheduled(fixedDelay = 500)
  void judge() {
    int judged;
    do {
      judged = links.judgeDue(BATCH);
    } while (judged == BATCH);
  }
}
