package io.waymark.channel.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;

/**
 * A server socket that holds its port from the beginning, for a server that wants to bind for
 * itself.
 */
final class ReservedSocket extends ServerSocket {

  ReservedSocket(int port, int backlog, InetAddress address) throws IOException {
    super(port, backlog, address);
  }

  @Override
  public void bind(SocketAddress endpoint, int backlog) throws IOException {
    if (!isBound()) {
      super.bind(endpoint, backlog);
    }
  }
}
