-- Two records of one person. The absorbed record keeps every fact that was said of it and points at
-- the survivor; what must be strictest is read over all records of the person, so that undoing a
-- merge gives back both exactly.

alter table customer add column merged_into bigint references customer (id);
alter table customer add column merged_at timestamptz;
alter table customer add constraint customer_merged_whole
  check ((merged_into is null) = (merged_at is null) and merged_into <> id);
create index customer_person on customer (coalesce(merged_into, id));

-- The records of each person, the person's own among them.
create view person_record as
  select coalesce(merged_into, id) as person, id as record, merged_at from customer;

create table customer_merge (
  id            bigint generated always as identity primary key,
  survivor_id   bigint not null references customer (id),
  absorbed_id   bigint not null references customer (id),
  branch        text not null,
  reason        text not null,
  merged_at     timestamptz not null,
  merged_by     text not null,
  undone_at     timestamptz,
  undone_by     text,
  undone_reason text,
  check (survivor_id <> absorbed_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index customer_merge_standing on customer_merge (absorbed_id) where undone_at is null;
create index customer_merge_survivor on customer_merge (survivor_id);

-- Tags the survivor took from the absorbed record, with what stood there before (null: nothing).
create table customer_merge_tag (
  merge_id bigint not null references customer_merge (id),
  tag      text not null,
  before   jsonb,
  after    jsonb not null,
  primary key (merge_id, tag)
);
