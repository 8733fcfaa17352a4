package io.waymark.channel;

import io.waymark.channel.ProviderAnswer.Rejected;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The targets a webhook may go to. A target must match an entry in scheme, host, port and path
 * prefix, and every address its name resolves to must be public, unless the entry names the address
 * itself or the address lies in an allowed network. The name is resolved once more on connecting,
 * through {@link #admitted}, and the connection goes to what that answer holds: a name that changes
 * its mind in between (DNS rebinding) meets the same rule.
 */
final class TargetAllowList {

  /** Resolves names; the JVM's own way outside tests. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private static final String REFUSED = "target_refused";

  private final List<URI> targets;
  private final List<Network> networks;
  private final Resolver resolver;

  /**
   * @param targets e.g. {@code https://crm.broker.example/hooks}
   * @param networks networks in which addresses need not be public, e.g. {@code 10.0.0.0/8}
   */
  TargetAllowList(List<URI> targets, List<Network> networks, Resolver resolver) {
    this.targets = List.copyOf(targets);
    this.networks = List.copyOf(networks);
    this.resolver = resolver;
  }

  /** Empty when a message may go to the target. Opens no connection. */
  Optional<Rejected> refusal(URI target) {
    if (!wellFormed(target)) {
      return refused("目标地址只能是不带用户名、片段和相对路径的 http(s) 地址");
    }
    if (targets.stream().noneMatch(entry -> covers(entry, target))) {
      return refused("目标地址不在允许名单内，请管理员在 waymark.channel.webhook.allowed-targets 中登记");
    }
    if (isAddress(target.getHost())) {
      return Optional.empty();
    }
    try {
      admitted(target.getHost());
      return Optional.empty();
    } catch (NotPublicException e) {
      return refused("目标地址解析到内部网络，如确需发送请管理员在 waymark.channel.webhook.allowed-networks 中登记该网段");
    } catch (UnknownHostException e) {
      return Optional.of(new Rejected("connect", "目标地址的域名无法解析", true));
    }
  }

  /**
   * The addresses a connection to the host may go to; the connection takes these and asks no second
   * time.
   *
   * @throws NotPublicException when one of them is inside and not allowed
   */
  InetAddress[] admitted(String host) throws UnknownHostException {
    if (isAddress(host)) {
      return new InetAddress[] {InetAddress.getByName(host)};
    }
    InetAddress[] addresses = resolver.resolve(host);
    for (InetAddress address : addresses) {
      if (!Network.isPublic(address)
          && networks.stream().noneMatch(network -> network.contains(address))) {
        throw new NotPublicException();
      }
    }
    return addresses;
  }

  /** A name leads inside. */
  static final class NotPublicException extends UnknownHostException {
    private static final long serialVersionUID = 1L;
  }

  private static boolean wellFormed(URI target) {
    String scheme = target.getScheme();
    String path = target.getRawPath();
    return target.getHost() != null
        && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
        && target.getRawUserInfo() == null
        && target.getRawFragment() == null
        && path.equals(target.normalize().getRawPath())
        && !path.toLowerCase(Locale.ROOT).matches(".*%(2e|2f|5c).*");
  }

  private static boolean covers(URI entry, URI target) {
    return entry.getScheme().equalsIgnoreCase(target.getScheme())
        && entry.getHost().equalsIgnoreCase(target.getHost())
        && port(entry) == port(target)
        && pathCovers(entry.getRawPath(), target.getRawPath());
  }

  private static boolean pathCovers(String entry, String target) {
    String folder = entry.endsWith("/") ? entry : entry + "/";
    return target.equals(entry) || folder.equals("/") || target.startsWith(folder);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  /** An entry that spells an address out is as explicit as an entry can be. */
  private static boolean isAddress(String host) {
    return host.startsWith("[") || host.matches("[0-9.]+");
  }

  private static Optional<Rejected> refused(String reason) {
    return Optional.of(new Rejected(REFUSED, reason, false));
  }
}
