-- Approval and publication are two acts: what may run, and when it runs for whom.

alter table journey_version drop constraint journey_version_status_check;
alter table journey_version add constraint journey_version_status_check check (status in
  ('draft', 'in_review', 'approved', 'scheduled', 'live', 'paused', 'ended', 'rejected',
   'withdrawn'));
alter table journey_version drop constraint journey_version_check1;
alter table journey_version add constraint journey_version_decided check (
  status in ('draft', 'in_review', 'withdrawn') or decided_by is not null);

alter table journey_version
  add column go_live_at timestamptz,
  add column live_since timestamptz,
  add constraint journey_version_scheduled check (status <> 'scheduled' or go_live_at is not null);

create unique index journey_version_one_scheduled
  on journey_version (journey_key) where status = 'scheduled';
create index journey_version_due on journey_version (go_live_at) where status = 'scheduled';

-- What needs an approved review is now everything from approved on.
drop trigger journey_version_reviewed on journey_version;
create trigger journey_version_reviewed
  before update of status on journey_version
  for each row
  when (new.status in ('approved', 'scheduled', 'live', 'paused')
        and old.status not in ('approved', 'scheduled', 'live', 'paused'))
  execute function content_needs_review('journey');
drop trigger journey_version_not_born_live on journey_version;
create trigger journey_version_not_born_live
  before insert on journey_version
  for each row
  when (new.status in ('approved', 'scheduled', 'live', 'paused'))
  execute function content_needs_review('journey');

-- An approval is bound to the content; the content of a version never changes.
create function journey_version_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'journey_version %: a version is drawn once and never changes', old.id
    using errcode = 'check_violation';
end
$$;
create trigger journey_version_fixed
  before update on journey_version
  for each row
  when ((old.journey_key, old.version, old.definition_id, old.deployment_id, old.hash, old.author,
         old.settings)
        is distinct from
        (new.journey_key, new.version, new.definition_id, new.deployment_id, new.hash, new.author,
         new.settings))
  execute function journey_version_is_fixed();

-- How a version is given to its customers: shares in hundredths of a percent, in growing order.
-- A stage lasts its minutes, or until a person goes on where they are 0. The watch counts from
-- watched_since; a share above its limit stops the journey once enough was counted.
create table journey_rollout (
  journey_version_id bigint primary key references journey_version,
  shares             int[]       not null,
  dwell_minutes      int[]       not null,
  stage              int         not null,
  stage_since        timestamptz not null,
  share              int         not null check (share between 0 and 10000),
  watched_since      timestamptz not null,
  least              int         not null check (least > 0),
  most_withheld      int check (most_withheld between 0 and 10000),
  most_complaints    int check (most_complaints between 0 and 10000),
  most_failures      int check (most_failures between 0 and 10000),
  on_approval        boolean     not null,
  wanted_at          timestamptz,
  planned_by         text        not null,
  check (cardinality(shares) > 0 and cardinality(shares) = cardinality(dwell_minutes)),
  check (stage between 0 and cardinality(shares)),
  -- Going live is the act of a person on an approved version, or of a clock set by one.
  check (planned_by <> '')
);

-- What people and clocks did with a version, for its page; the proof is in evidence.
create table journey_act (
  id                 bigint generated always as identity primary key,
  journey_version_id bigint      not null references journey_version,
  at                 timestamptz not null,
  act                text        not null,
  actor              text        not null,
  reason             text,
  facts              jsonb       not null default '{}'
);
create index journey_act_of_version on journey_act (journey_version_id, id desc);

-- Customers inside who stand still by a pause, and what is to become of what falls due meanwhile.
create table journey_hold (
  id           bigint generated always as identity primary key,
  journey_key  text        not null,
  held_by      text        not null,
  held_at      timestamptz not null,
  reason       text        not null,
  choice       text        not null check (choice in ('fire', 'spread', 'skip', 'ask')),
  spread_hours int check (spread_hours between 1 and 720),
  held         bigint      not null,
  released_by  text,
  released_at  timestamptz,
  check ((choice = 'spread') = (spread_hours is not null))
);
create unique index journey_hold_standing on journey_hold (journey_key) where released_at is null;

-- A wish that must wait: outside the share, for a free place, or for a paused journey. The step is
-- the customer's place in the ramp-up, 0 to 9999; it never changes for a version.
alter table enrolment drop constraint enrolment_status_check;
alter table enrolment add constraint enrolment_status_check
  check (status in ('queued', 'started', 'refused', 'failed', 'held'));
alter table enrolment add column held_step int;
create index enrolment_held on enrolment (journey_key, reason, priority desc, id)
  where status = 'held';
