package io.waymark.channel;

import io.waymark.platform.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * An SMTP server that says its lines in order, one for each command, and hangs up when it has no
 * more.
 */
final class ScriptedSmtp implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Thread actor;

  ScriptedSmtp(String... lines) throws IOException {
    actor = new Thread(() -> play(lines));
    actor.setDaemon(true);
    actor.start();
  }

  ProviderEndpoint endpoint() {
    URI uri = URI.create("smtp://127.0.0.1:" + socket.getLocalPort());
    return new ProviderEndpoint(Channel.EMAIL, uri, "", new Secret("none"), null);
  }

  private void play(String... lines) {
    try (Socket caller = socket.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = caller.getOutputStream()) {
      boolean inData = false;
      for (int i = 0; i < lines.length; i++) {
        if (i > 0) {
          hear(in, inData);
        }
        out.write((lines[i] + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        inData = lines[i].startsWith("354");
      }
      hear(in, inData);
    } catch (IOException e) {
      // the caller hung up first
    }
  }

  private static void hear(BufferedReader in, boolean data) throws IOException {
    String line = in.readLine();
    while (data && line != null && !line.equals(".")) {
      line = in.readLine();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
