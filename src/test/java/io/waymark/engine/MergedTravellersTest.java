package io.waymark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.customer.identity.CustomerMerges;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.BranchScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two records of one person walk a journey once. */
@WithTravellers
class MergedTravellersTest {

  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired CustomerMerges merges;

  @BeforeEach
  void settle() {
    travellers.open();
    travellers.settle();
  }

  @Test
  void the_absorbed_record_leaves_and_its_events_move_the_survivor() {
    Sketch sketch =
        Sketch.of("merged")
            .awaits("Wait_A", "test.a")
            .awaits("Wait_B", "test.b")
            .way("Wait_A", "Wait_B");
    sketch.publish(deployments, versions);
    Traveller survivor = travellers.somebody().does(sketch.entry()).standsAt("Wait_A");
    Traveller absorbed = travellers.somebody().does(sketch.entry()).standsAt("Wait_A");

    merges.merge(survivor.ref(), absorbed.ref(), "柜面核实", "officer", BranchScope.everywhere());

    assertThat(absorbed.participation().leftReason()).isEqualTo("merged");
    assertThat(absorbed.participation().leftAt()).isNotNull();
    absorbed.does("test.a");
    survivor.standsAt("Wait_B");
    absorbed.does(sketch.entry());
    assertThat(travellers.participations(absorbed.id())).hasSize(1);
    assertThat(travellers.participations(survivor.id())).hasSize(1);
  }
}
