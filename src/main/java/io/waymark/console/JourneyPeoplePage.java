package io.waymark.console;

import io.waymark.console.security.CurrentStaff;
import io.waymark.customer.CustomerProfile;
import io.waymark.customer.Customers;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.NodePeople;
import io.waymark.journey.NodePeople.Share;
import io.waymark.journey.NodePeople.Visitor;
import io.waymark.journey.Period;
import io.waymark.journey.WaitingEnrolments;
import io.waymark.journey.WaitingWish;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The people behind a number of a journey: at one node, or waiting outside. */
@ConsolePage
class JourneyPeoplePage {

  private final JourneyVersions versions;
  private final NodePeople people;
  private final WaitingEnrolments waiting;
  private final Customers customers;
  private final Words words;

  JourneyPeoplePage(
      JourneyVersions versions,
      NodePeople people,
      WaitingEnrolments waiting,
      Customers customers,
      Words words) {
    this.versions = versions;
    this.people = people;
    this.waiting = waiting;
    this.customers = customers;
    this.words = words;
  }

  @GetMapping("/journeys/{key}/{version}/nodes/{node}")
  String atNode(
      @PathVariable String key,
      @PathVariable int version,
      @PathVariable String node,
      @RequestParam(defaultValue = "") String share,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable LocalDate to,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    JourneyVersion shown =
        versions.of(key).stream()
            .filter(one -> one.version() == version)
            .findFirst()
            .orElseThrow(JourneyPeoplePage::missing);
    Share chosen =
        Stream.of(Share.values())
            .filter(one -> one.code().equals(share))
            .findFirst()
            .orElse(Share.ENTERED);
    ListPage<Visitor> found =
        ListPage.read(
            page,
            offset ->
                people.page(
                    shown.id(),
                    node,
                    chosen,
                    Period.days(from, to),
                    staff.scope(),
                    offset,
                    ListPage.SIZE + 1));
    model.addAttribute("shown", shown);
    model.addAttribute("node", node);
    model.addAttribute("name", name.isBlank() ? node : name);
    model.addAttribute("share", chosen.code());
    model.addAttribute("shares", words.options("node", Stream.of(Share.values()).map(Share::code)));
    model.addAttribute("from", from == null ? "" : from.toString());
    model.addAttribute("to", to == null ? "" : to.toString());
    model.addAttribute("page", found);
    model.addAttribute(
        "profiles", profiles(found.rows().stream().map(Visitor::customerId).toList()));
    return "journey-people";
  }

  @GetMapping("/journeys/{key}/waiting")
  String outside(
      @PathVariable String key,
      @RequestParam(defaultValue = "0") int page,
      CurrentStaff staff,
      Model model) {
    List<JourneyVersion> known = versions.of(key);
    if (known.isEmpty()) {
      throw missing();
    }
    ListPage<WaitingWish> found =
        ListPage.read(page, offset -> waiting.page(key, staff.scope(), offset, ListPage.SIZE + 1));
    model.addAttribute("shown", known.get(0));
    model.addAttribute("page", found);
    model.addAttribute(
        "profiles", profiles(found.rows().stream().map(WaitingWish::customerId).toList()));
    return "journey-waiting";
  }

  /** By the customer's id as text, which is how pages look things up. */
  private Map<String, CustomerProfile> profiles(List<Long> ids) {
    return customers.profiles(ids.stream().distinct().toList()).stream()
        .collect(
            Collectors.toMap(
                profile -> Long.toString(profile.id()),
                Function.identity(),
                (first, second) -> first));
  }

  private static ResponseStatusException missing() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
