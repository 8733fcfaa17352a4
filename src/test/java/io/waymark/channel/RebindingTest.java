package io.waymark.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A name that says one address when it is checked and another when it is connected to. */
class RebindingTest {

  @Test
  void a_name_that_changes_its_mind_between_check_and_connection_reaches_nobody_inside()
      throws IOException {
    AtomicInteger reached = new AtomicInteger();
    HttpServer inside =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    inside.createContext(
        "/",
        exchange -> {
          reached.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    inside.start();
    try {
      AtomicInteger asked = new AtomicInteger();
      URI target = URI.create("http://partner.example:" + inside.getAddress().getPort() + "/hook");
      TargetAllowList list =
          new TargetAllowList(
              List.of(target),
              List.of(),
              host ->
                  asked.getAndIncrement() == 0
                      ? new InetAddress[] {InetAddress.getByName("93.184.216.34")}
                      : new InetAddress[] {InetAddress.getLoopbackAddress()});
      WebhookProvider provider =
          new WebhookProvider(Peers.SECRET, list, Peers.SECOND, Peers.SECOND, Peers.CLOCK);

      ProviderAnswer answer =
          provider.send(
              new AddressedMessage(
                  UUID.randomUUID(), Channel.WEBHOOK, target.toString(), null, "x", Map.of()));

      assertThat(asked).hasValueGreaterThan(1);
      assertThat(reached).hasValue(0);
      assertThat(answer).isInstanceOf(Rejected.class);
    } finally {
      inside.stop(0);
    }
  }
}
