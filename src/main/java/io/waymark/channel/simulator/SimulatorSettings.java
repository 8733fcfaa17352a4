package io.waymark.channel.simulator;

import io.waymark.channel.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The simulators. Ports: 0 takes any free one.
 *
 * @param enabled on in the demo and in tests, never where real customers are
 * @param bind address the simulators listen on; loopback unless somebody wants them seen
 * @param receiptUrl base address of the application that takes receipts; unset = this application
 * @param secret shared with the providers; unset = a new one at each start
 * @param seed of all chances; the same seed and the same messages give the same misfortunes
 * @param ledgerSize how many messages each simulator remembers
 * @param vendors simulated vendors to run as well, by name: {@code aliyun}, {@code tencent}, {@code
 *     smpp}, {@code wechat}, {@code wecom}, {@code jpush}
 */
@ConfigurationProperties("waymark.simulator")
public record SimulatorSettings(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("127.0.0.1") String bind,
    @Nullable URI receiptUrl,
    @Nullable Secret secret,
    @DefaultValue("20261122") long seed,
    @DefaultValue("20000") int ledgerSize,
    @DefaultValue Peer sms,
    @DefaultValue MailPeer mail,
    @DefaultValue Peer webhook,
    @DefaultValue Map<String, Peer> vendors) {

  public SimulatorSettings {
    vendors = Map.copyOf(vendors);
  }

  /** Settings of a simulated vendor; usual ones where none are written. */
  Peer vendor(String name) {
    return vendors.getOrDefault(name, new Peer(0, Misbehaviour.none()));
  }

  /**
   * A peer that speaks HTTP.
   *
   * @param port of protocol, page and control
   * @param misbehaviour from the start on; changed later by {@code POST /control}
   */
  public record Peer(@DefaultValue("0") int port, @DefaultValue Misbehaviour misbehaviour) {}

  /**
   * The mail server.
   *
   * @param port of SMTP
   * @param pagePort of page and control
   * @param misbehaviour from the start on; changed later by {@code POST /control}
   */
  public record MailPeer(
      @DefaultValue("0") int port,
      @DefaultValue("0") int pagePort,
      @DefaultValue Misbehaviour misbehaviour) {}
}
