package io.waymark.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The application as a vendor sees it: a socket that takes callbacks for one reader. */
public final class CallbackApplication implements AutoCloseable {

  public final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  public final List<Reply> replies = new CopyOnWriteArrayList<>();
  public final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final CallbackIntake intake;

  public CallbackApplication(String provider, CallbackReader reader) {
    this.intake =
        new CallbackIntake(
            Map.of(provider, reader), List.of(receipts::addAll), List.of(replies::addAll));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/hooks/callbacks/", this::take);
    server.start();
  }

  public Optional<URI> address() {
    return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private void take(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    int status;
    byte[] answer = new byte[0];
    try {
      Callback callback =
          intake.accept(
              path[3],
              new CallbackRequest(
                  exchange.getRequestMethod(),
                  path[4],
                  query,
                  Map.of(),
                  exchange.getRequestBody().readAllBytes()));
      status = callback.again() ? 503 : 200;
      answer = callback.answer().getBytes(StandardCharsets.UTF_8);
    } catch (ReceiptRefusedException refused) {
      status = 401;
    }
    answers.add(status);
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
