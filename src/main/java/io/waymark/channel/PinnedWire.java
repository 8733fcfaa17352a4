package io.waymark.channel;

import io.waymark.channel.HttpWire.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to targets on an allow-list, over connections that go to the very addresses the list
 * admitted. Always ends within its time, follows no redirect, repeats nothing, keeps no connection.
 */
final class PinnedWire {

  private static final int CAP = 64 * 1024;

  private final CloseableHttpClient client;
  private final Duration limit;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "waymark-webhook-limit");
            thread.setDaemon(true);
            return thread;
          });

  PinnedWire(TargetAllowList targets, Duration connectTimeout, Duration readTimeout) {
    this.limit = connectTimeout.plus(readTimeout);
    this.client =
        HttpClients.custom()
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableContentCompression()
            .setConnectionReuseStrategy((request, response, context) -> false)
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver(targets))
                    .setMaxConnPerRoute(64)
                    .setMaxConnTotal(256)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(connectTimeout))
                            .setSocketTimeout(Timeout.of(readTimeout))
                            .build())
                    .build())
            .build();
  }

  private static DnsResolver resolver(TargetAllowList targets) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return targets.admitted(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  Outcome post(URI target, Map<String, String> headers, byte[] body) {
    HttpPost post = new HttpPost(target);
    headers.forEach(post::setHeader);
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    ScheduledFuture<?> end =
        watch.schedule(() -> post.abort(), limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(post, PinnedWire::answered);
    } catch (ConnectTimeoutException e) {
      return new Outcome.NotSent("连接超时");
    } catch (ConnectException | NoRouteToHostException | UnknownHostException e) {
      return new Outcome.NotSent("无法连接");
    } catch (SSLHandshakeException e) {
      return new Outcome.NotSent("TLS 握手失败，请检查对方证书");
    } catch (IOException e) {
      // Whatever else went wrong, the request may be on its way.
      return new Outcome.NoAnswer("请求已发出，没有等到应答");
    } finally {
      end.cancel(false);
    }
  }

  private static Outcome answered(ClassicHttpResponse response) throws IOException {
    byte[] body =
        response.getEntity() == null
            ? new byte[0]
            : response.getEntity().getContent().readNBytes(CAP);
    var after = response.getFirstHeader("retry-after");
    Duration retryAfter =
        after != null && after.getValue().matches("\\d{1,6}")
            ? Duration.ofSeconds(Long.parseLong(after.getValue()))
            : null;
    return new Outcome.Answered(response.getCode(), body, retryAfter);
  }
}
