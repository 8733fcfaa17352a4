package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.contact.Dispatcher;
import io.waymark.customer.RiskTolerance;
import io.waymark.platform.staff.ApiKeys;
import io.waymark.platform.staff.BranchScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WithTravellers
class SlotApiTest {

  @Autowired Travellers travellers;
  @Autowired Dispatcher dispatcher;
  @Autowired ApiKeys keys;
  @LocalServerPort int port;

  @Test
  void the_app_shows_what_a_journey_placed_to_whom_may_be_read_by_this_key() throws Exception {
    String everywhere =
        keys.create(UUID.randomUUID().toString(), Set.of("read"), BranchScope.everywhere(), "test");
    String elsewhere =
        keys.create(UUID.randomUUID().toString(), Set.of("read"), BranchScope.of("XX99"), "test");
    Traveller newbie =
        travellers
            .somebody()
            .assessed(RiskTolerance.C3)
            .tagged("experience", "newbie")
            .does("account.opened")
            .messageSettles("delivered");
    dispatcher.dispatchDue(1_000);

    HttpResponse<String> seen = slot(newbie.ref(), everywhere);

    assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
    assertThat(seen.body()).contains("onboarding-course-inapp");
    assertThat(slot(newbie.ref(), elsewhere).statusCode()).isEqualTo(404);
    assertThat(slot("nobody", everywhere).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> slot(String customer, String key) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://localhost:" + port + "/api/v1/slots/home?customer=" + customer))
                .header("X-Api-Key", key)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
