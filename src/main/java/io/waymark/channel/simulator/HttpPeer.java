package io.waymark.channel.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that takes its port when it is made and answers once it is started: the providers
 * learn the port of a simulator before anything runs.
 */
final class HttpPeer {

  private static final Logger log = LoggerFactory.getLogger(HttpPeer.class);
  private static final int THREADS = 16;
  private static final int BACKLOG = 256;
  private static final int MAX_BODY = 1024 * 1024;

  static {
    // Without it the JDK's server answers keep-alive connections 40 ms late (Nagle against delayed
    // ACK).
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final String name;
  private final String bind;
  private final int port;
  private final Map<String, HttpHandler> routes = new LinkedHashMap<>();
  private @Nullable HttpServer server;
  private @Nullable ExecutorService workers;
  private @Nullable ScheduledExecutorService timer;

  /**
   * @param port 0 takes any free one
   */
  HttpPeer(String name, String bind, int port) {
    this.name = name;
    this.bind = bind;
    HttpServer bound = bind(port);
    this.server = bound;
    this.port = bound.getAddress().getPort();
  }

  int port() {
    return port;
  }

  /** Routes are set before the start. A path covers everything below it. */
  void route(String path, HttpHandler handler) {
    routes.put(path, handler);
  }

  synchronized void start() {
    HttpServer starting = server == null ? bind(port) : server;
    routes.forEach((path, handler) -> starting.createContext(path, guarded(handler)));
    workers = Executors.newFixedThreadPool(THREADS, daemon("simulator-" + name));
    timer = Executors.newSingleThreadScheduledExecutor(daemon("simulator-timer-" + name));
    starting.setExecutor(workers);
    starting.start();
    server = starting;
  }

  synchronized void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
    if (workers != null && timer != null) {
      workers.shutdownNow();
      timer.shutdownNow();
    }
  }

  /** Runs later without holding a thread; at once when there is nothing to wait for. */
  void after(long millis, Runnable action) {
    ScheduledExecutorService clock = timer;
    if (millis <= 0 || clock == null) {
      action.run();
    } else {
      clock.schedule(action, millis, TimeUnit.MILLISECONDS);
    }
  }

  static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new IOException("request body over " + MAX_BODY + " bytes");
    }
    return body;
  }

  static void json(HttpExchange exchange, int status, String json) {
    reply(exchange, status, "application/json; charset=utf-8", json);
  }

  static void reply(HttpExchange exchange, int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", type);
    exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
    try (exchange) {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      // The caller has gone: what a simulator did for it stays done.
      log.debug("Simulator {} could not answer", exchange.getHttpContext().getPath());
    }
  }

  private static HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      try {
        handler.handle(exchange);
      } catch (IOException | RuntimeException e) {
        log.warn("Simulator failed on {}", exchange.getHttpContext().getPath(), e);
        exchange.close();
      }
    };
  }

  private HttpServer bind(int wanted) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(bind), wanted), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "模拟器无法监听 " + bind + ":" + wanted + "，请检查端口是否被占用，或在 waymark.simulator 下换一个端口", e);
    }
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
