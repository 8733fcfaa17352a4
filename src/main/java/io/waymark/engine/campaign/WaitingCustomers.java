package io.waymark.engine.campaign;

import io.waymark.advisor.CampaignPlaces.Room;
import io.waymark.advisor.CampaignPromises.Waiting;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who waits in a campaign to be given to an advisor, and who is in it at all. Reads what the
 * journeys' floor keeps of participations and visits.
 */
@Component
class WaitingCustomers {

  private final JdbcClient jdbc;

  WaitingCustomers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Those who could be given to somebody today, no more than there is room for: of each advisor the
   * customers who have waited longest, then those without one by branch. Nobody in front of the
   * line whose advisor is full hides who stands behind.
   */
  List<Waiting> next(
      String journeyKey, boolean ownOnly, List<Room> rooms, LocalDate today, int most) {
    return jdbc.sql(
            """
            with room as (
              select * from unnest(:advisors::text[], :branches::text[], :left::int[])
                as r (advisor, branch, places)),
            line as (
              select p.id, p.customer_id, p.branch, r.advisor as own, r.places,
                     coalesce((select sum(b.places) from room b where b.branch = p.branch), 0)
                       as branch_places,
                     row_number() over (partition by p.branch, r.advisor order by p.id) as turn
                from participation p
                join customer c on c.id = p.customer_id
                left join room r on r.advisor = c.advisor and r.branch = p.branch
               where p.journey_version_id in (
                       select id from journey_version where journey_key = :journey)
                 and p.left_at is null
                 and exists (
                   select 1 from node_visit v
                    where v.participation_id = p.id and v.node = :node and v.left_at is null)
                 and not exists (
                   select 1 from campaign_place o
                    where o.participation_id = p.id and (o.day = :today or o.task_id is not null)))
            select id as participation, customer_id as customer, branch
              from line
             where own is not null and turn <= places
                or (own is null or not :ownOnly) and turn <= branch_places
             order by (own is not null and turn <= places) desc, id
             limit :most
            """)
        .param("advisors", rooms.stream().map(Room::advisor).toArray(String[]::new))
        .param("branches", rooms.stream().map(Room::branch).toArray(String[]::new))
        .param("left", rooms.stream().map(Room::left).toArray(Integer[]::new))
        .param("journey", journeyKey)
        .param("node", CampaignDrawing.WAIT)
        .param("today", today)
        .param("ownOnly", ownOnly)
        .param("most", most)
        .query(Waiting.class)
        .list();
  }

  /** Whether nobody was asked in yet. */
  boolean nobodyAsked(String journeyKey) {
    return jdbc.sql("select not exists (select 1 from enrolment where journey_key = ?)")
        .param(journeyKey)
        .query(Boolean.class)
        .single();
  }

  /** Some of those who are in it, in whatever step. */
  List<Waiting> inside(String journeyKey, long after, int most) {
    return jdbc.sql(
            """
            select p.id as participation, p.customer_id as customer, p.branch
              from participation p
             where p.journey_version_id in (
                     select id from journey_version where journey_key = :journey)
               and p.left_at is null and p.id > :after
             order by p.id limit :most
            """)
        .param("journey", journeyKey)
        .param("after", after)
        .param("most", most)
        .query(Waiting.class)
        .list();
  }

  /** Gives back the places of those who left without a task, e.g. because the gate said no. */
  void freePlaces(long campaign, LocalDate today) {
    jdbc.sql(
            """
            update campaign_place o set participation_id = null, taken_at = null
             where o.campaign_id = :campaign and o.day = :today and o.task_id is null
               and o.participation_id is not null
               and exists (
                 select 1 from participation p
                  where p.id = o.participation_id and p.left_at is not null)
            """)
        .param("campaign", campaign)
        .param("today", today)
        .update();
  }
}
