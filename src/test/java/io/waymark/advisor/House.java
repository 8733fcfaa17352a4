package io.waymark.advisor;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.LegalStatus;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import io.waymark.platform.staff.Role;
import io.waymark.platform.staff.StaffDirectory;
import io.waymark.platform.staff.StaffMember;
import io.waymark.testing.MovableClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** One branch of a test, with nobody in it yet. */
final class House {

  static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final String branch = "HOUSE" + NUMBER.incrementAndGet();
  private final ApplicationContext context;
  private int tasks;

  House(ApplicationContext context) {
    this.context = context;
    context.getBean(Branches.class).saveAll(List.of(new Branch(branch, branch)));
  }

  String name(String person) {
    return person + "@" + branch;
  }

  /** Licensed to the end of next year, present, room for ten, no qualification. */
  AdvisorProfile plain(String person) {
    return new AdvisorProfile(
        name(person), branch, Set.of(), LocalDate.of(2027, 12, 31), 10, null, null, false);
  }

  AdvisorProfile qualified(String person) {
    return with(plain(person), Set.of("margin"), 10, false);
  }

  AdvisorProfile leader(String person) {
    return with(plain(person), Set.of(), 10, true);
  }

  AdvisorProfile withCapacity(String person, int capacity) {
    return with(plain(person), Set.of(), capacity, false);
  }

  AdvisorProfile licensedUntil(String person, LocalDate day) {
    AdvisorProfile profile = qualified(person);
    return new AdvisorProfile(
        profile.username(), branch, profile.qualifications(), day, 10, null, null, false);
  }

  AdvisorProfile absent(String person, @Nullable LocalDate from, @Nullable LocalDate to) {
    return new AdvisorProfile(
        name(person), branch, Set.of("margin"), LocalDate.of(2027, 12, 31), 10, from, to, false);
  }

  private static AdvisorProfile with(
      AdvisorProfile profile, Set<String> qualifications, int capacity, boolean leader) {
    return new AdvisorProfile(
        profile.username(),
        profile.branch(),
        qualifications,
        profile.licenceUntil(),
        capacity,
        null,
        null,
        leader);
  }

  AdvisorProfile strong(String person, AdvisorProfile.Strengths strengths) {
    return new AdvisorProfile(
        name(person),
        branch,
        Set.of(),
        LocalDate.of(2027, 12, 31),
        10,
        null,
        null,
        false,
        strengths);
  }

  /** The person may see every branch from now on. */
  void movesToHeadOffice(AdvisorProfile profile) {
    context
        .getBean(StaffDirectory.class)
        .save(new StaffMember(profile.username(), "投顾", Role.ADVISOR, branch, true, true), null);
  }

  TaskOffer offering(long customer, TaskNeeds needs) {
    TaskOffer plain = offer(customer, null);
    return new TaskOffer(
        plain.taskId(),
        customer,
        branch,
        plain.participationId(),
        plain.journeyKey(),
        plain.node(),
        plain.title(),
        null,
        plain.outcomes(),
        plain.createdAt(),
        plain.dueWorkingHours(),
        needs,
        TaskMaterial.NONE);
  }

  void employ(AdvisorProfile... profiles) {
    for (AdvisorProfile profile : profiles) {
      enable(profile, true);
      context.getBean(Advisors.class).save(profile, "test");
    }
  }

  void enable(AdvisorProfile profile, boolean enabled) {
    keep(profile, Role.ADVISOR, enabled);
  }

  /** The person takes another role; what routing knows of the advisor stays behind. */
  void becomes(AdvisorProfile profile, Role role) {
    keep(profile, role, true);
  }

  private void keep(AdvisorProfile profile, Role role, boolean enabled) {
    context
        .getBean(StaffDirectory.class)
        .save(new StaffMember(profile.username(), "投顾", role, branch, false, enabled), null);
  }

  /** A customer of the branch whose own advisor is this person, or nobody. */
  long customer(@Nullable String advisor) {
    return customer(advisor, Map.of());
  }

  long customer(@Nullable String advisor, Map<String, String> tags) {
    String ref = branch + "-" + ++tasks;
    Customers customers = context.getBean(Customers.class);
    customers.importAll(
        List.of(
            new CustomerRecord(
                ref,
                "测试客户",
                null,
                branch,
                advisor == null ? null : name(advisor),
                CustomerClass.ORDINARY,
                LegalStatus.NORMAL,
                Map.of(),
                tags)),
        "test");
    return customers.idsOf(List.of(ref)).get(ref);
  }

  TaskOffer offer(long customer, @Nullable String qualification) {
    return offer(customer, qualification, MovableClock.START);
  }

  TaskOffer offer(long customer, @Nullable String qualification, Instant createdAt) {
    return new TaskOffer(
        branch + "-task-" + ++tasks,
        customer,
        branch,
        7000L + tasks,
        "margin-opening",
        "Task_Advisor",
        "投顾一对一跟进",
        qualification,
        Set.of("will_open", "declined"),
        createdAt,
        8);
  }
}
