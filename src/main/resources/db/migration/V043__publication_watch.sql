-- A pause that is being ended: who wants it and since when. What fell due meanwhile is dealt with
-- first, in batches, then everybody goes on.
alter table journey_hold add column wanted_by text, add column wanted_at timestamptz;

-- The watch over a published version and its limits ask by version and time.
create index participation_by_entry on participation (journey_version_id, entered_at);
create index node_visit_withheld_lately on node_visit (journey_version_id, left_at)
  where outcome = 'withheld';
create index node_visit_failed_now on node_visit (journey_version_id)
  where left_at is null and failed_since is not null;
