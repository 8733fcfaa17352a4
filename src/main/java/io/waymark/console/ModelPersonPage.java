package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.segment.churn.ChurnScores;
import io.waymark.segment.decay.DecayScores;
import io.waymark.segment.decay.DecaySignal;
import io.waymark.segment.lifecycle.Lifecycle;
import io.waymark.segment.lifecycle.Stage;
import io.waymark.segment.lifecycle.StageFigures;
import io.waymark.segment.value.RfmScores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What every model says of one customer, and why (个人信息保护法 art. 24). */
@ConsolePage
class ModelPersonPage {

  private final Customers customers;
  private final Lifecycle lifecycle;
  private final StageFigures stages;
  private final DecayScores decay;
  private final ChurnScores churn;
  private final RfmScores rfm;

  ModelPersonPage(
      Customers customers,
      Lifecycle lifecycle,
      StageFigures stages,
      DecayScores decay,
      ChurnScores churn,
      RfmScores rfm) {
    this.customers = customers;
    this.lifecycle = lifecycle;
    this.stages = stages;
    this.decay = decay;
    this.churn = churn;
    this.rfm = rfm;
  }

  @GetMapping("/models/person")
  String show(@RequestParam(defaultValue = "") String ref, CurrentStaff staff, Model model) {
    model.addAttribute("ref", ref.strip());
    Optional<CustomerProfile> found = customers.find(ref.strip(), staff.scope());
    if (!ref.isBlank() && found.isEmpty()) {
      model.addAttribute("missing", true);
    }
    found.ifPresent(customer -> describe(customer.id(), model));
    return "models-person";
  }

  private void describe(long customer, Model model) {
    model.addAttribute("found", true);
    stages
        .of(customer)
        .ifPresent(
            standing -> {
              model.addAttribute("standing", standing);
              model.addAttribute(
                  "stage",
                  lifecycle
                      .current()
                      .value()
                      .stage(standing.stage())
                      .map(Stage::name)
                      .orElse(standing.stage()));
            });
    model.addAttribute("signals", signalNames());
    model.addAttribute("decay", decay.of(customer));
    model.addAttribute("churn", churn.explain(customer).orElse(null));
    model.addAttribute("rfm", rfm.of(List.of(customer)).stream().findFirst().orElse(null));
  }

  private Map<String, String> signalNames() {
    return decay.current().value().signals().stream()
        .collect(Collectors.toMap(DecaySignal::code, DecaySignal::name, (one, other) -> one));
  }
}
