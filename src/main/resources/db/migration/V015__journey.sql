-- What a journey is to the business. The engine's own tables say where each customer stands;
-- these say which version was approved by whom, who was asked to enter, and what happened per node.

create table journey_version (
  id            bigint generated always as identity primary key,
  journey_key   text        not null,
  version       int         not null,
  name          text        not null,
  definition_id text        not null unique,
  deployment_id text        not null,
  hash          text        not null,
  settings      jsonb       not null,
  status        text        not null
    check (status in ('draft', 'live', 'paused', 'ended', 'rejected')),
  author        text        not null,
  created_at    timestamptz not null,
  decided_by    text,
  decided_at    timestamptz,
  ended_at      timestamptz,
  unique (journey_key, version),
  -- Four eyes: a decision by the author cannot be stored, whoever writes it.
  check (decided_by is null or decided_by <> author),
  check (status = 'draft' or decided_by is not null)
);

create unique index journey_version_one_live
  on journey_version (journey_key) where status in ('live', 'paused');

create sequence participation_id increment by 50;

create table participation (
  id                  bigint primary key,
  journey_version_id  bigint      not null references journey_version,
  journey_key         text        not null,
  customer_id         bigint      not null,
  branch              text        not null,
  process_instance_id text,
  entered_at          timestamptz not null,
  -- Events up to this one happened before the customer entered and satisfy no wait.
  entry_event_seq     bigint      not null,
  goal                text,
  left_at             timestamptz,
  left_reason         text
);

-- A customer is in one journey at most once at a time, whatever happens around it.
create unique index participation_once_at_a_time
  on participation (customer_id, journey_key) where left_at is null;
create index participation_of_customer on participation (customer_id, journey_key, left_at);
create unique index participation_of_instance
  on participation (process_instance_id) where process_instance_id is not null;
create index participation_of_version on participation (journey_version_id) where left_at is null;

create table enrolment (
  id                 bigint generated always as identity primary key,
  journey_key        text        not null,
  journey_version_id bigint      not null references journey_version,
  customer_id        bigint      not null,
  branch             text        not null,
  cause              text        not null check (cause in ('event', 'audience', 'api')),
  cause_ref          text        not null,
  entry_event_seq    bigint,
  priority           int         not null,
  status             text        not null
    check (status in ('queued', 'started', 'refused', 'failed')),
  reason             text,
  participation_id   bigint references participation,
  requested_at       timestamptz not null,
  settled_at         timestamptz,
  -- The same event or the same run of an audience asks once, however often it is delivered.
  unique (journey_key, customer_id, cause, cause_ref)
) with (fillfactor = 80);

create index enrolment_queued on enrolment (priority desc, id) where status = 'queued';
create index enrolment_of_customer on enrolment (customer_id);

create table node_visit (
  id                 bigint generated always as identity,
  participation_id   bigint      not null,
  journey_version_id bigint      not null,
  branch             text        not null,
  node               text        not null,
  entered_at         timestamptz not null,
  left_at            timestamptz,
  outcome            text check (outcome in ('done', 'withheld', 'interrupted')),
  failed_since       timestamptz,
  primary key (id, entered_at)
) partition by range (entered_at);

create table node_visit_default partition of node_visit default;
create index node_visit_open on node_visit (participation_id, node) where left_at is null;
create index node_visit_of_participation on node_visit (participation_id, id);
create index node_visit_of_version on node_visit (journey_version_id, node);

-- Which customer events a participation has already used, so that none moves it twice.
create table event_use (
  participation_id bigint      not null references participation,
  event_seq        bigint      not null,
  used_at          timestamptz not null,
  primary key (participation_id, event_seq)
);
