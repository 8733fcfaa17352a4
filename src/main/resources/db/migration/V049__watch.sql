-- What the watchdog found: one alert per kind, version and node while it lasts, with the cases behind
-- it. Resolved alerts are kept 400 days for looking back; cases only as long as they stand.
create table watch_alert (
  id              bigint generated always as identity primary key,
  kind            text        not null,
  -- Empty where the finding belongs to no journey or to no node.
  journey_key     text        not null,
  version         int         not null,
  node            text        not null,
  status          text        not null check (status in ('open', 'acknowledged', 'resolved')),
  -- How many there are now; only the longest standing of them have a row in watch_case.
  cases           bigint      not null,
  first_seen_at   timestamptz not null,
  last_seen_at    timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  note            text,
  -- More than were there when it was acknowledged opens it again.
  acknowledged_of bigint,
  resolved_at     timestamptz,
  check ((status = 'resolved') = (resolved_at is not null)),
  check (status <> 'acknowledged' or acknowledged_by is not null)
);
create unique index watch_alert_standing on watch_alert (kind, journey_key, version, node)
  where status <> 'resolved';
create index watch_alert_resolved on watch_alert (resolved_at) where status = 'resolved';

create table watch_case (
  alert_id         bigint      not null references watch_alert on delete cascade,
  subject          text        not null,
  participation_id bigint,
  customer_id      bigint,
  branch           text        not null,
  instance_id      text,
  node             text        not null,
  detail           text        not null,
  since            timestamptz not null,
  primary key (alert_id, subject)
);
create index watch_case_participation on watch_case (participation_id);

-- When the watchdog looked last, whichever node it was.
create table watch_run (
  one         boolean primary key default true check (one),
  finished_at timestamptz not null,
  took_ms     bigint      not null,
  found       bigint      not null
);

-- Books that do not balance are looked for every few seconds and are never there.
create index node_visit_unbalanced on node_visit (participation_id)
  where (left_at is null) <> (outcome is null);
create index node_visit_failed on node_visit (participation_id) where failed_since is not null;
-- Instances that stand still are few; so are jobs that are given up.
create index wm_instance_suspended on act_ru_execution (proc_def_id_)
  where suspension_state_ = 2 and parent_id_ is null;
create index wm_job_dead on act_ru_job (process_instance_id_) where retries_ = 0;
