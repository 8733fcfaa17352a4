package io.waymark.channel;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** A range of IP addresses, written {@code 10.0.0.0/8} or {@code fd00::/8}. */
record Network(InetAddress base, int prefix) {

  /** What is not reachable over the public Internet, or leads back inside (RFC 6890, RFC 6052). */
  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/3",
              "::/96",
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  /**
   * @throws IllegalArgumentException when the text is not an address and a prefix length
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.matches("[0-9a-fA-F:.]+/[0-9]{1,3}")) {
      throw new IllegalArgumentException("网段应写作 10.0.0.0/8 的形式：" + text);
    }
    try {
      InetAddress base = InetAddress.getByName(text.substring(0, slash));
      int prefix = Integer.parseInt(text.substring(slash + 1));
      if (prefix > base.getAddress().length * 8) {
        throw new IllegalArgumentException("网段的前缀长度过大：" + text);
      }
      return new Network(base, prefix);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("网段应写作 10.0.0.0/8 的形式：" + text, e);
    }
  }

  static boolean isPublic(InetAddress address) {
    return SPECIAL.stream().noneMatch(network -> network.contains(address));
  }

  boolean contains(InetAddress address) {
    byte[] theirs = address.getAddress();
    byte[] ours = base.getAddress();
    if (theirs.length != ours.length) {
      return false;
    }
    int hostBits = ours.length * 8 - prefix;
    return new BigInteger(1, theirs)
        .shiftRight(hostBits)
        .equals(new BigInteger(1, ours).shiftRight(hostBits));
  }
}
