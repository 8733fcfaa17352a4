-- What a draft pack would newly catch or free, read in the background. Texts that were sent are
-- never kept here: a hit names message and place, and the text is opened only to be shown.
create table pack_trial (
  trial_id bigint generated always as identity primary key,
  pack_version text not null,
  pack_hash text not null,
  base_version text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  since timestamptz not null,
  status text not null check (status in ('running', 'done', 'cancelled', 'failed')),
  stage text not null default 'templates' check (stage in ('templates', 'journeys', 'messages')),
  last_template bigint not null default 0,
  last_message uuid,
  templates_total integer not null,
  messages_total integer not null,
  templates_read integer not null default 0,
  messages_read integer not null default 0,
  caught integer not null default 0,
  freed integer not null default 0,
  finished_at timestamptz
);
create index pack_trial_running on pack_trial (trial_id) where status = 'running';
create index pack_trial_of_pack on pack_trial (pack_version, trial_id desc);

create table pack_trial_hit (
  trial_id bigint not null references pack_trial on delete cascade,
  hit_id bigint generated always as identity,
  source text not null check (source in ('template', 'rendered', 'journey', 'message')),
  ref text not null,
  branch text,
  reader text,
  change text not null check (change in ('caught', 'freed')),
  rule_id text not null,
  level text not null,
  from_at integer not null,
  to_at integer not null,
  primary key (trial_id, hit_id)
);
