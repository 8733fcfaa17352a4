package io.waymark.channel;

import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SimulatorSettings;
import io.waymark.platform.Channel;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What the tests over real sockets share. */
public final class Peers {

  public static final Secret SECRET = new Secret("the secret both sides know");
  public static final Clock CLOCK = Clock.systemUTC();
  public static final Duration SECOND = Duration.ofSeconds(1);
  public static final Supplier<Optional<URI>> NOWHERE = Optional::empty;

  private Peers() {}

  public static SimulatorSettings settings() {
    return settings(good());
  }

  public static SimulatorSettings settings(Misbehaviour misbehaviour) {
    return new SimulatorSettings(
        true,
        "127.0.0.1",
        null,
        null,
        7,
        1000,
        new SimulatorSettings.Peer(0, misbehaviour),
        new SimulatorSettings.MailPeer(0, 0, misbehaviour),
        new SimulatorSettings.Peer(0, misbehaviour),
        Map.of());
  }

  /** Does everything right; receipts within 20 ms, every mail opened and clicked. */
  public static Misbehaviour good() {
    return new Misbehaviour(0, 0, 0, 0, 0, 0, 0, 10, 10, 1, 1, 0);
  }

  public static Misbehaviour errors() {
    return new Misbehaviour(0, 1, 0, 0, 0, 0, 0, 10, 10, 1, 1, 0);
  }

  public static Misbehaviour silentAfterAccepting() {
    return new Misbehaviour(0, 0, 1, 0, 0, 0, 0, 10, 10, 1, 1, 0);
  }

  public static Misbehaviour throttles() {
    return new Misbehaviour(0, 0, 0, 0, 0, 0, 0, 10, 10, 1, 1, 1);
  }

  public static Misbehaviour drops() {
    return new Misbehaviour(0, 0, 0, 1, 0, 0, 0, 10, 10, 1, 1, 0);
  }

  public static Misbehaviour failsAndRepeatsReceipts() {
    return new Misbehaviour(0, 0, 0, 0, 1, 1, 0, 10, 10, 1, 1, 0);
  }

  public static AddressedMessage sms(UUID id, String to, String text) {
    return new AddressedMessage(id, Channel.SMS, to, null, text, Map.of());
  }

  public static void eventually(Callable<Boolean> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    try {
      while (!condition.call()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("did not happen within ten seconds");
        }
        Thread.sleep(10);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
