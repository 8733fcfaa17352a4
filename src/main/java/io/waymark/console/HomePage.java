package io.waymark.console;

import io.waymark.advisor.WorkFilter;
import io.waymark.advisor.WorkList;
import io.waymark.channel.Provider;
import io.waymark.channel.Providers;
import io.waymark.compliance.review.ReviewFilter;
import io.waymark.compliance.review.Reviews;
import io.waymark.console.security.CurrentStaff;
import io.waymark.console.security.Room;
import io.waymark.contact.MessageFilter;
import io.waymark.contact.Messages;
import io.waymark.contact.WithheldReason;
import io.waymark.engine.watch.Alerts;
import io.waymark.insight.JourneyOverview;
import io.waymark.journey.JourneyVersions;
import io.waymark.platform.Channel;
import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What is going on today, as far as the reader's role and branches go. */
@ConsolePage
class HomePage {

  private final JourneyOverview overview;
  private final JourneyVersions versions;
  private final Reviews reviews;
  private final Messages messages;
  private final Providers providers;
  private final WorkList work;
  private final Alerts alerts;
  private final Moments moments;
  private final Clock clock;

  HomePage(
      JourneyOverview overview,
      JourneyVersions versions,
      Reviews reviews,
      Messages messages,
      Providers providers,
      WorkList work,
      Alerts alerts,
      Moments moments,
      Clock clock) {
    this.overview = overview;
    this.versions = versions;
    this.reviews = reviews;
    this.messages = messages;
    this.providers = providers;
    this.work = work;
    this.alerts = alerts;
    this.moments = moments;
    this.clock = clock;
  }

  @GetMapping("/")
  String show(CurrentStaff staff, Model model) {
    var role = staff.member().role();
    model.addAttribute("today", moments.day(clock.instant()));
    if (Room.TASKS.roles().contains(role)) {
      tasks(staff, model);
    }
    if (Room.JOURNEYS.roles().contains(role)) {
      journeys(staff, model);
    }
    if (Room.REVIEWS.roles().contains(role)) {
      model.addAttribute(
          "reviewsWaiting",
          reviews.count(
              ReviewFilter.waitingFor(staff.username(), ReviewsPage.stage(role)), staff.scope()));
    }
    if (Room.WATCH.roles().contains(role)) {
      model.addAttribute("alerts", alerts.open(staff.scope()));
    }
    if (Room.MESSAGES.roles().contains(role)) {
      contacts(staff.scope(), model);
    }
    return "home";
  }

  private void tasks(CurrentStaff staff, Model model) {
    Instant now = clock.instant();
    var overdue =
        new WorkFilter(WorkFilter.View.MINE, io.waymark.advisor.TaskStatus.OPEN, true, null, null);
    model.addAttribute("tasksOpen", count(staff, WorkFilter.mine(), now));
    model.addAttribute("tasksOverdue", count(staff, overdue, now));
    model.addAttribute("tasksPool", count(staff, WorkFilter.pool(), now));
    model.addAttribute(
        "tasks", work.page(staff.username(), WorkFilter.mine(), staff.scope(), now, 0, 8));
  }

  private long count(CurrentStaff staff, WorkFilter filter, Instant now) {
    return work.count(staff.username(), filter, staff.scope(), now);
  }

  private void journeys(CurrentStaff staff, Model model) {
    List<JourneyOverview.Line> lines =
        overview.since(moments.startOfToday().atOffset(java.time.ZoneOffset.UTC), staff.scope());
    model.addAttribute("journeys", lines);
    model.addAttribute("live", lines.stream().filter(line -> line.liveVersion() != null).count());
    model.addAttribute("inside", lines.stream().mapToLong(JourneyOverview.Line::inside).sum());
    model.addAttribute("drafts", versions.drafts().size());
  }

  private void contacts(BranchScope scope, Model model) {
    Map<WithheldReason, Long> withheld = messages.withheldByReason(scope, moments.startOfToday());
    model.addAttribute(
        "withheld",
        withheld.entrySet().stream()
            .map(one -> new Reason(one.getKey().code(), one.getKey().message(), one.getValue()))
            .toList());
    model.addAttribute("withheldTotal", sum(withheld.values()));
    List<Health> health =
        providers.all().stream().map(provider -> health(provider, scope)).toList();
    model.addAttribute("channels", health);
    model.addAttribute("sentTotal", health.stream().mapToLong(Health::good).sum());
    model.addAttribute("waitingTotal", health.stream().mapToLong(Health::waiting).sum());
  }

  private Health health(Provider provider, BranchScope scope) {
    Channel channel = provider.channel();
    return new Health(
        channel.code(),
        provider.name(),
        count(channel, "sent", scope) + count(channel, "delivered", scope),
        count(channel, "waiting", scope) + count(channel, "sending", scope),
        count(channel, "failed", scope),
        count(channel, "unknown", scope));
  }

  private long count(@Nullable Channel channel, String status, BranchScope scope) {
    return messages.count(
        new MessageFilter(null, null, channel, status, null, null, moments.startOfToday(), null),
        scope);
  }

  private static long sum(java.util.Collection<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  /** How often a reason withheld something today. */
  public record Reason(String code, String message, long count) {}

  /** What became of today's messages on one channel. */
  public record Health(
      String channel, String provider, long good, long waiting, long failed, long unknown) {

    /** The word for the state: failures and unknowns are a tenth of what left, or more. */
    public String state() {
      long bad = failed + unknown;
      return bad == 0 ? "good" : bad * 10 >= good + bad ? "bad" : "warn";
    }
  }
}
