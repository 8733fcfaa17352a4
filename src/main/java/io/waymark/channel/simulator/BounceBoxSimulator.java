package io.waymark.channel.simulator;

import io.waymark.channel.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** 模拟退信邮箱: a POP3 server (RFC 1939) with one mailbox, into which anything can be put. */
public final class BounceBoxSimulator implements AutoCloseable {

  /** The mailbox it has. */
  public static final String USER = "bounce";

  private final Secret password;
  private final ServerSocket socket;
  private final List<String> mails = new ArrayList<>();
  private volatile boolean hangUp;

  public BounceBoxSimulator(Secret password) {
    this.password = password;
    try {
      this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "simulator-pop3");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Puts a mail into the box, lines ended in any way. */
  public synchronized void put(String mail) {
    mails.add(mail.replace("\r\n", "\n").replace("\n", "\r\n"));
  }

  /** How many mails are in the box. */
  public synchronized int size() {
    return mails.size();
  }

  /** From now on the connection breaks before the mails are removed. */
  public void hangUpBeforeRemoving(boolean now) {
    hangUp = now;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        talk(caller);
      } catch (IOException e) {
        // The caller has gone, or the box is closed.
      }
    }
  }

  private void talk(Socket caller) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = caller.getOutputStream();
    Set<Integer> removed = new TreeSet<>();
    boolean known = false;
    say(out, "+OK simulator");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      String rest = words.length > 1 ? words[1] : "";
      switch (words[0].toUpperCase(Locale.ROOT)) {
        case "USER" -> say(out, rest.equals(USER) ? "+OK" : "-ERR no such mailbox");
        case "PASS" -> {
          known = rest.equals(password.clear());
          say(out, known ? "+OK" : "-ERR wrong password");
        }
        case "QUIT" -> {
          if (hangUp) {
            return;
          }
          remove(removed);
          say(out, "+OK");
          return;
        }
        default -> {
          if (known) {
            command(out, words[0].toUpperCase(Locale.ROOT), rest, removed);
          } else {
            say(out, "-ERR log in first");
          }
        }
      }
    }
  }

  private synchronized void command(
      OutputStream out, String word, String rest, Set<Integer> removed) throws IOException {
    switch (word) {
      case "STAT" -> say(out, "+OK " + mails.size() + " " + String.join("", mails).length());
      case "LIST", "UIDL" -> {
        say(out, "+OK");
        for (int i = 0; i < mails.size(); i++) {
          say(out, (i + 1) + " " + mails.get(i).length());
        }
        say(out, ".");
      }
      case "RETR", "TOP" -> {
        say(out, "+OK");
        String mail = mails.get(Integer.parseInt(rest.split(" ")[0]) - 1);
        for (String line : mail.split("\r\n", -1)) {
          say(out, line.startsWith(".") ? "." + line : line);
        }
        say(out, ".");
      }
      case "DELE" -> {
        removed.add(Integer.parseInt(rest.strip()));
        say(out, "+OK");
      }
      case "NOOP", "RSET" -> say(out, "+OK");
      default -> say(out, "-ERR");
    }
  }

  private synchronized void remove(Set<Integer> numbers) {
    List<Integer> fromTheEnd = new ArrayList<>(numbers);
    for (int i = fromTheEnd.size() - 1; i >= 0; i--) {
      mails.remove(fromTheEnd.get(i) - 1);
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
