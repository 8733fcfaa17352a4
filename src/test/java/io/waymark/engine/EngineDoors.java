package io.waymark.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.waymark.advisor.Advisors;
import io.waymark.advisor.TaskRouting;
import io.waymark.advisor.WorkList;
import io.waymark.console.People;
import io.waymark.engine.run.AdvisorDesk;
import io.waymark.engine.run.JourneyDeployments;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import java.net.http.HttpResponse;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The engine behind its own doors, asked over the real socket, and people of every role. */
@WithTravellers
abstract class EngineDoors {

  static final String COCKPIT = "/camunda/app/cockpit/default/";
  static final String API = "/camunda/api/engine/engine/default";

  @LocalServerPort int port;
  @Autowired Travellers travellers;
  @Autowired JourneyDeployments deployments;
  @Autowired JourneyVersions versions;
  @Autowired StaffDirectory staff;
  @Autowired Branches branches;
  @Autowired Advisors advisors;
  @Autowired TaskRouting routing;
  @Autowired WorkList workList;
  @Autowired AdvisorDesk desk;
  @Autowired RuntimeService runtime;
  @Autowired RepositoryService repository;
  @Autowired ManagementService management;
  @Autowired PasswordEncoder encoder;
  @Autowired AuthorizationService authorizations;
  @Autowired JdbcClient jdbc;

  People people;

  @BeforeEach
  void open() {
    travellers.open();
    travellers.settle();
    people = new People(staff, branches, encoder);
    String hash = encoder.encode(People.PASSWORD);
    for (String name : List.of(Travellers.ADVISOR, Travellers.LEADER)) {
      staff.save(staff.find(name).orElseThrow(), hash);
    }
  }

  Caller as(StaffMember member) {
    return as(member.username());
  }

  Caller as(String username) {
    return Caller.basic(port, username, People.PASSWORD);
  }

  Sketch calling() {
    Sketch sketch =
        Sketch.of("call")
            .task("Call", "reached", "refused")
            .gateway("Gw", "Rest")
            .flow("Gw", "Happy", "${outcome == 'reached'}")
            .awaits("Rest", "test.a")
            .awaits("Happy", "test.a")
            .add("<bpmn:startEvent id=\"Start\"/>")
            .end("End")
            .flow("Start", "Call")
            .flow("Call", "Gw")
            .flow("Rest", "End")
            .flow("Happy", "End");
    sketch.publish(deployments, versions);
    return sketch;
  }

  Traveller called() {
    return travellers.somebody().does(calling().entry()).standsAt("Call");
  }

  static String answer(String outcome, String note) {
    return """
    {"variables":{"outcome":{"value":"%s"},"note":{"value":"%s"}}}
    """
        .formatted(outcome, note);
  }

  void goesOn(Traveller traveller) {
    management
        .createJobQuery()
        .processInstanceId(traveller.instance())
        .messages()
        .list()
        .forEach(job -> management.executeJob(job.getId()));
  }

  static List<String> ids(HttpResponse<String> answer) {
    if (answer.statusCode() >= 400) {
      return List.of();
    }
    JsonNode list = Caller.read(answer);
    return list.findValuesAsText("id");
  }
}
