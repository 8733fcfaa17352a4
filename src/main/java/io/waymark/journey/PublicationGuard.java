package io.waymark.journey;

import java.util.List;

/**
 * Has a say in whether an approved version may go live. Every bean of this type is asked before
 * each publication, whatever the door and also when a clock publishes; one reason is enough to
 * refuse. Asked outside any transaction, so that it may take its time.
 */
public interface PublicationGuard {

  /**
   * Why the version may not go live now, as Chinese sentences that say what to do; empty: it may.
   */
  List<String> reasonsAgainst(JourneyVersion version);
}
