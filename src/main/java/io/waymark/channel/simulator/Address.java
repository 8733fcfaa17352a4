package io.waymark.channel.simulator;

/** Turns the address a socket listens on into one that can be called. */
final class Address {

  private Address() {}

  static String reachable(String bind) {
    if (bind.equals("0.0.0.0") || bind.equals("::")) {
      return "127.0.0.1";
    }
    return bind.contains(":") ? "[" + bind + "]" : bind;
  }
}
