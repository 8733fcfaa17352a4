package io.waymark.channel;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call that always ends within its time and says whether the request can have reached the
 * peer. Follows no redirect: a signed message belongs to one address.
 */
public final class HttpWire {

  /** How a call ended. */
  public sealed interface Outcome {

    /**
     * An answer came.
     *
     * @param retryAfter what the header {@code Retry-After} asks for in seconds; null without it
     */
    record Answered(int status, byte[] body, @Nullable Duration retryAfter) implements Outcome {}

    /** Nothing of the request was written. */
    record NotSent(String reason) implements Outcome {}

    /** The request may have been taken. */
    record NoAnswer(String reason) implements Outcome {}
  }

  private final HttpClient client;
  private final Duration limit;

  public HttpWire(Duration connectTimeout, Duration readTimeout) {
    this.limit = connectTimeout.plus(readTimeout);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  /** Calls and waits; never throws for what the network does. */
  public Outcome call(HttpRequest request) {
    // HttpRequest.timeout ends with the response headers; a body that never ends needs the outer
    // limit.
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(request, info -> new CappedBody());
    try {
      HttpResponse<byte[]> response = call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Outcome.Answered(
          response.statusCode(), response.body(), retryAfter(response.headers()));
    } catch (TimeoutException e) {
      call.cancel(true);
      return new Outcome.NoAnswer("请求已发出，" + limit.toSeconds() + " 秒内没有应答");
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      return new Outcome.NoAnswer("请求已发出，等待应答时被中断");
    } catch (ExecutionException e) {
      return failure(e.getCause());
    }
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("retry-after")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .orElse(null);
  }

  private static Outcome failure(Throwable cause) {
    if (cause instanceof HttpConnectTimeoutException) {
      return new Outcome.NotSent("连接超时");
    }
    if (cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException) {
      return new Outcome.NotSent("无法连接");
    }
    if (cause instanceof SSLHandshakeException) {
      return new Outcome.NotSent("TLS 握手失败，请检查对方证书");
    }
    // Whatever else went wrong, the request may be on its way.
    return new Outcome.NoAnswer("请求已发出，连接在应答前中断");
  }
}
