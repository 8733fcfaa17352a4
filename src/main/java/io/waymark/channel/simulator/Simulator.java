package io.waymark.channel.simulator;

import java.net.URI;
import java.util.List;

/**
 * A provider that only pretends: it checks and answers as the real one does, and keeps a ledger.
 */
public interface Simulator {

  /** {@link io.waymark.channel.Provider#name()} of the provider that talks to it. */
  String provider();

  /** Whom it plays, in Chinese. */
  String title();

  /** Where its protocol is spoken; only scheme, host and port matter. */
  URI talks();

  /** Its page: what arrived, addresses masked. */
  URI address();

  /** What arrived, newest first; as many as it remembers. */
  List<LedgerLine> ledger();
}
