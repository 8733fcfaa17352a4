package io.waymark.channel;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Starts what families run beside sending, and ends it after everything has stopped sending. */
final class ProviderUpkeep implements SmartLifecycle {

  private final List<ProviderFamily> families;
  private volatile boolean running;

  ProviderUpkeep(List<ProviderFamily> families) {
    this.families = families;
  }

  @Override
  public void start() {
    families.forEach(ProviderFamily::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    families.forEach(ProviderFamily::stop);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the simulators, before what dispatches. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE / 4;
  }
}
