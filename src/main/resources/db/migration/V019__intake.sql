-- Taking facts in by the million, and what became of every row that could not be taken.

-- History is told apart by its number alone: journeys look for numbers above their entry event's,
-- which are positive, and so never see what was loaded as history.
create sequence customer_history_seq
  minvalue -4000000000000000 maxvalue -1 start -4000000000000000;

-- Events whose delivery failed too often; later events of the customer went on without them.
create table event_parked (
  id               bigint generated always as identity primary key,
  seq              bigint      not null,
  occurred_at      timestamptz not null,
  customer_id      bigint      not null,
  branch           text        not null,
  participation_id bigint,
  attempts         int         not null,
  reason           text        not null,
  parked_at        timestamptz not null
);

create table undeclared_event_type (
  type       text        not null,
  source     text        not null,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  events     bigint      not null,
  primary key (type, source)
);

-- What came from where, by day in China: counted in memory and added up every second.
create table intake_day (
  source     text        not null,
  kind       text        not null,
  day        date        not null,
  accepted   bigint      not null,
  duplicates bigint      not null,
  refused    bigint      not null,
  last_at    timestamptz not null,
  primary key (source, kind, day)
);

create table import_job (
  id           bigint generated always as identity primary key,
  kind         text        not null check (kind in ('customers', 'tags', 'events')),
  format       text        not null check (format in ('csv', 'ndjson')),
  source       text        not null,
  historical   boolean     not null,
  declare_tags boolean     not null,
  file_name    text        not null,
  header       text,
  status       text        not null
    check (status in ('uploading', 'queued', 'running', 'done', 'failed', 'cancelled')),
  bytes_total  bigint      not null,
  rows_total   bigint      not null,
  rows_done    bigint      not null,
  accepted     bigint      not null,
  duplicates   bigint      not null,
  refused      bigint      not null,
  message      text,
  author       text        not null,
  created_at   timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz,
  check (kind = 'events' or not historical),
  check (kind <> 'events' or not declare_tags)
);
create index import_job_waiting on import_job (id) where status in ('queued', 'running');

-- An uploaded file in sealed pieces that end where a row ends; gone as soon as their rows are in.
create table import_piece (
  import_id bigint not null references import_job (id),
  number    int    not null,
  first_row bigint not null,
  row_count int    not null,
  sealed    bytea  not null,
  primary key (import_id, number)
);
alter table import_piece alter column sealed set storage external;

-- Every refused row of every door. The sample is masked.
create table rejected_row (
  at        timestamptz not null,
  door      text        not null check (door in ('api', 'file', 'kafka')),
  source    text        not null,
  kind      text        not null,
  import_id bigint,
  position  bigint      not null,
  field     text        not null,
  code      text        not null,
  message   text        not null,
  sample    text
) partition by range (at);
create table rejected_row_default partition of rejected_row default;
create index rejected_row_at on rejected_row (at desc);
create index rejected_row_import on rejected_row (import_id, position) where import_id is not null;

-- How full and how fresh each tag is, counted now and then.
create table tag_quality (
  tag        text        primary key,
  filled     bigint      not null,
  stale      bigint      not null,
  customers  bigint      not null,
  last_as_of timestamptz,
  counted_at timestamptz not null
);
