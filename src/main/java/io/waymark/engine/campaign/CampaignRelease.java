package io.waymark.engine.campaign;

import io.waymark.advisor.CampaignPlaces;
import io.waymark.advisor.CampaignPlaces.Room;
import io.waymark.advisor.CampaignPromises;
import io.waymark.advisor.CampaignPromises.Order;
import io.waymark.advisor.CampaignPromises.Waiting;
import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.CampaignDays;
import io.waymark.advisor.campaign.CampaignTerms;
import io.waymark.advisor.campaign.Campaigns;
import io.waymark.customer.event.CustomerEvents;
import io.waymark.customer.event.InternalEvent;
import io.waymark.journey.AudienceEntries;
import io.waymark.journey.JourneyStatus;
import io.waymark.journey.JourneyVersion;
import io.waymark.journey.JourneyVersions;
import io.waymark.journey.publication.Publications;
import io.waymark.platform.calendar.ExchangeCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets customers of campaigns through to advisors, day by day under the cap, and clears up what is
 * over. Every piece is a transaction of its own; of several nodes one works on a campaign at a
 * time.
 */
@Component
public class CampaignRelease {

  private static final Logger log = LoggerFactory.getLogger(CampaignRelease.class);
  private static final int AT_ONCE = 200;
  private static final String SOURCE = "campaign";

  private final Campaigns campaigns;
  private final CampaignPlaces places;
  private final CampaignPromises promises;
  private final WaitingCustomers customers;
  private final AudienceEntries entries;
  private final JourneyVersions versions;
  private final Publications publications;
  private final CustomerEvents events;
  private final ExchangeCalendar calendar;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CampaignRelease(
      Campaigns campaigns,
      CampaignPlaces places,
      CampaignPromises promises,
      WaitingCustomers customers,
      AudienceEntries entries,
      JourneyVersions versions,
      Publications publications,
      CustomerEvents events,
      ExchangeCalendar calendar,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Clock clock) {
    this.campaigns = campaigns;
    this.places = places;
    this.promises = promises;
    this.customers = customers;
    this.entries = entries;
    this.versions = versions;
    this.publications = publications;
    this.events = events;
    this.calendar = calendar;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** One look at every campaign that is not over; one that fails holds up no other. */
  @Scheduled(fixedDelay = 30_000, initialDelay = 25_000)
  public void look() {
    for (Campaign campaign : campaigns.unfinished()) {
      try {
        look(campaign);
      } catch (RuntimeException failed) {
        log.error("Campaign {} could not be looked after and will be again", campaign.id(), failed);
      }
    }
  }

  private void look(Campaign campaign) {
    Instant now = clock.instant();
    if (campaign.stoppedAt() != null) {
      takeBack(campaign, now);
    } else if (!now.isBefore(end(campaign.terms()))) {
      end(campaign);
    } else if (versions.live(campaign.journeyKey()).isPresent() && givesOut(campaign, now)) {
      if (customers.nobodyAsked(campaign.journeyKey())) {
        // It was approved after the hour at which members enter, and need not lose the day.
        entries.run(campaign.journeyKey(), "first");
      }
      while (release(campaign, now) == AT_ONCE) {
        // There may be more who wait and room for them.
      }
    }
  }

  private boolean givesOut(Campaign campaign, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
    boolean day =
        campaign.terms().days() == CampaignDays.TRADING
            ? calendar.isTradingDay(today)
            : calendar.isWorkingDay(today);
    return day && campaign.runsOn(today) && calendar.workResumesAt(now).equals(now);
  }

  /** How many customers were given to somebody by one piece of work. */
  private int release(Campaign campaign, Instant now) {
    Integer given = transaction.execute(status -> mine(campaign) ? give(campaign, now) : 0);
    return given == null ? 0 : given;
  }

  private int give(Campaign campaign, Instant now) {
    CampaignTerms terms = campaign.terms();
    LocalDate today = LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
    customers.freePlaces(campaign.id(), today);
    places.open(campaign.id(), terms.qualification(), terms.dailyCap(), now);
    List<Room> rooms = places.rooms(campaign.id(), now);
    if (rooms.stream().noneMatch(room -> room.left() > 0)) {
      return 0;
    }
    CampaignPromises.Round round =
        promises.round(new Order(campaign.id(), terms.qualification(), terms.ownOnly()), now);
    List<InternalEvent> released = new ArrayList<>();
    for (Waiting one :
        customers.next(campaign.journeyKey(), terms.ownOnly(), rooms, today, AT_ONCE)) {
      round
          .promise(one)
          .ifPresent(advisor -> released.add(released(one, CampaignDrawing.RELEASED, today, now)));
    }
    events.record(released);
    return released.size();
  }

  private void end(Campaign campaign) {
    JourneyVersion version =
        versions.find(Objects.requireNonNull(campaign.version())).orElseThrow();
    if (version.status() == JourneyStatus.LIVE || version.status() == JourneyStatus.PAUSED) {
      publications.endOnTime(version.id(), "活动到期");
    } else if (version.status() == JourneyStatus.ENDED
        && customers.inside(campaign.journeyKey(), 0, 1).isEmpty()) {
      campaigns.closed(campaign.id());
    }
  }

  /** Everybody who is still inside leaves by the way drawn for it, which takes the tasks back. */
  private void takeBack(Campaign campaign, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ExchangeCalendar.ZONE);
    long after = 0;
    List<Waiting> inside = customers.inside(campaign.journeyKey(), after, AT_ONCE);
    if (inside.isEmpty()) {
      campaigns.closed(campaign.id());
    }
    while (!inside.isEmpty()) {
      List<InternalEvent> told =
          inside.stream().map(one -> released(one, CampaignDrawing.STOPPED, today, now)).toList();
      transaction.executeWithoutResult(status -> events.record(told));
      after = inside.get(inside.size() - 1).participation();
      inside = customers.inside(campaign.journeyKey(), after, AT_ONCE);
    }
  }

  /** The same customer is told the same only once a day. */
  private static InternalEvent released(Waiting one, String type, LocalDate today, Instant now) {
    return new InternalEvent(
        SOURCE,
        type + "-" + one.participation() + "-" + today,
        one.customer(),
        one.branch(),
        type,
        now,
        Map.of("participationId", one.participation()));
  }

  private boolean mine(Campaign campaign) {
    return jdbc.sql("select pg_try_advisory_xact_lock(hashtext('campaign'), ?::int)")
        .param(Math.floorMod(campaign.id(), Integer.MAX_VALUE))
        .query(Boolean.class)
        .single();
  }

  private static Instant end(CampaignTerms terms) {
    return terms.endsOn().atTime(17, 30).atZone(ExchangeCalendar.ZONE).toInstant();
  }
}
