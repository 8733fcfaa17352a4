-- Who was drawn for a run, frozen: a run that dies goes on with the same customers. Kept 90 days.
create table audience_snapshot (
  name     text        primary key,
  audience text        not null,
  revision int         not null,
  taken_at timestamptz not null,
  members  bigint      not null
);
create index audience_snapshot_taken on audience_snapshot (taken_at);

create table audience_snapshot_member (
  name        text        not null,
  taken_at    timestamptz not null,
  customer_id bigint      not null,
  branch      text        not null,
  primary key (name, taken_at, customer_id)
) partition by range (taken_at);
create table audience_snapshot_member_default partition of audience_snapshot_member default;
