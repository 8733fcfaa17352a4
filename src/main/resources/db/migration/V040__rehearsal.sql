-- What was rehearsed for whole audiences and what came of it. Nothing here is a fact of a customer:
-- figures, and a few ids of customers who would have gone a way.
create table rehearsal (
  id           bigint generated always as identity primary key,
  journey_key  text        not null,
  version_ids  bigint[]    not null check (cardinality(version_ids) between 1 and 2),
  audience     text        not null,
  -- Branches whose customers took part; null for all.
  branches     text[],
  days         int         not null check (days between 1 and 90),
  most         int         not null check (most between 1 and 20000),
  assumptions  jsonb       not null,
  status       text        not null check (status in ('running', 'done', 'failed', 'cancelled')),
  reason       text,
  started_by   text        not null,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  -- Told by whoever plays it; one that falls silent was on a node that ended.
  beat_at      timestamptz not null,
  progress     real        not null default 0,
  cancel       boolean     not null default false,
  population   bigint,
  played       bigint,
  figures      jsonb,
  check ((status = 'running') = (ended_at is null)),
  check ((status = 'done') = (figures is not null))
);
create index rehearsal_newest on rehearsal (id desc);
create index rehearsal_running on rehearsal (beat_at) where status = 'running';
