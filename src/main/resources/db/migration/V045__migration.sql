-- Changing a journey while customers are inside: who is to go from which version to which, approved
-- by somebody else; and every move of a customer that a person or such a plan has caused.

create table migration_plan (
  id              bigint generated always as identity primary key,
  journey_key     text        not null,
  from_version_id bigint      not null references journey_version,
  to_version_id   bigint      not null references journey_version,
  -- node of the new version by node of the old one
  map             jsonb       not null,
  timers          text        not null check (timers in ('keep', 'anew')),
  overdue         text        not null check (overdue in ('fire', 'spread', 'skip', 'ask')),
  spread_minutes  int         check (spread_minutes between 1 and 43200),
  wave_size       int         not null check (wave_size between 1 and 100000),
  pause_seconds   int         not null check (pause_seconds between 0 and 604800),
  starts_at       timestamptz,
  reason          text        not null,
  hash            text        not null,
  status          text        not null check (status in
    ('draft', 'submitted', 'approved', 'running', 'stopped', 'done', 'rejected', 'withdrawn')),
  author          text        not null,
  created_at      timestamptz not null,
  submitted_at    timestamptz,
  decided_by      text,
  decided_at      timestamptz,
  decided_hash    text,
  started_at      timestamptz,
  -- the next wave begins not before this
  next_at         timestamptz,
  wave_left       int         not null default 0,
  moved           bigint      not null default 0,
  stopped_by      text,
  finished_at     timestamptz,
  check (from_version_id <> to_version_id),
  check ((overdue = 'spread') = (spread_minutes is not null)),
  -- Four eyes: a decision by the author cannot be stored, and what runs is what was decided about.
  check (decided_by is null or decided_by <> author),
  check (status in ('draft', 'submitted', 'withdrawn')
         or (decided_by is not null and decided_hash = hash))
);

create index migration_plan_of_journey on migration_plan (journey_key, id desc);
create index migration_plan_due on migration_plan (next_at) where status in ('approved', 'running');
-- Two plans must not pull the same customers to and fro.
create unique index migration_plan_one_at_a_time
  on migration_plan (from_version_id) where status in ('approved', 'running', 'stopped');

-- Whom a plan could not move, and why; gone when it is tried again.
create table migration_failure (
  plan_id          bigint      not null references migration_plan,
  participation_id bigint      not null references participation,
  branch           text        not null,
  nodes            text[]      not null,
  reason           text        not null,
  failed_at        timestamptz not null,
  primary key (plan_id, participation_id)
);

create table customer_move (
  id               bigint generated always as identity,
  participation_id bigint      not null,
  customer_id      bigint      not null,
  branch           text        not null,
  journey_key      text        not null,
  from_version_id  bigint      not null,
  to_version_id    bigint      not null,
  act              text        not null check (act in
    ('migrate', 'retry', 'skip', 'move', 'end', 'timer_drop', 'timer_hold', 'timer_release')),
  from_nodes       text[]      not null,
  to_nodes         text[]      not null,
  plan_id          bigint,
  reason           text        not null,
  moved_by         text        not null,
  moved_at         timestamptz not null,
  primary key (id, moved_at)
) partition by range (moved_at);

create table customer_move_default partition of customer_move default;
create index customer_move_of_participation on customer_move (participation_id, id);
