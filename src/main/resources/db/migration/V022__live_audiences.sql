-- Audiences whose members are kept: live ones by a feed of changes and by the clock, scheduled ones
-- by draws. Snapshots freeze who was drawn.

alter table audience add column live boolean not null default false;
alter table audience_revision add column live boolean not null default false;

-- Where membership of a kept audience stands.
--   status: waiting (for transactions that do not know of it yet), filling, kept
create table audience_state (
  audience     text        primary key references audience,
  status       text        not null check (status in ('waiting', 'filling', 'kept')),
  live         boolean     not null,
  -- Whether flips found by the fill are told as events, as those of a draw are.
  telling      boolean     not null,
  -- Every transaction older than this one may have changed facts without knowing of the audience.
  known_since  xid8        not null,
  filled_to    bigint      not null default 0,
  fill_end     bigint      not null default 0,
  -- Conditions are as of this moment as far as the clock alone changes them.
  swept_to     timestamptz not null,
  drawn_at     timestamptz
);

-- Which facts a live audience's rule mentions, its nested audiences included.
create table audience_interest (
  kind     text    not null,
  name     text    not null,
  audience text    not null references audience,
  -- Whether the age of the value matters beside the value.
  aged     boolean not null default false,
  primary key (kind, name, audience)
);

create table audience_member (
  audience    text        not null,
  customer_id bigint      not null,
  branch      text        not null,
  since       timestamptz not null,
  primary key (audience, customer_id)
);
create index audience_member_customer on audience_member (customer_id);

-- Customers to be tested anew; written in the transaction that changed them.
create table audience_dirty (
  id          bigint generated always as identity primary key,
  audience    text   not null,
  customer_id bigint not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_limit = 2000);

create sequence audience_flip_seq;

create function audience_feed() returns trigger language plpgsql as $$
begin
  if not exists (select from audience_interest where kind = tg_argv[0]) then
    return null;
  end if;
  execute format(
    'insert into audience_dirty (audience, customer_id)
     select distinct i.audience, n.customer_id
       from changed n join audience_interest i on i.kind = %L and i.name = %s',
    tg_argv[0], tg_argv[1]);
  return null;
end $$;

-- A daily import repeats nearly everything: only what has changed is fed.
create function audience_feed_tag() returns trigger language plpgsql as $$
begin
  insert into audience_dirty (audience, customer_id)
  select distinct i.audience, n.customer_id
    from changed n
    join before o on o.customer_id = n.customer_id and o.tag = n.tag
    join audience_interest i on i.kind = 'tag' and i.name = n.tag
   where o.value <> n.value or (i.aged and o.as_of <> n.as_of);
  return null;
end $$;

create function audience_feed_customer() returns trigger language plpgsql as $$
begin
  insert into audience_dirty (audience, customer_id)
  select s.audience, n.id
    from changed n join before o on o.id = n.id cross join audience_state s
   where s.live
     and (o.branch, o.advisor, o.customer_class, o.legal_status, o.birth_date)
         is distinct from (n.branch, n.advisor, n.customer_class, n.legal_status, n.birth_date);
  return null;
end $$;

-- Who is new has no fact, which is an answer to "never" and "is unknown".
create function audience_feed_new_customer() returns trigger language plpgsql as $$
begin
  insert into audience_dirty (audience, customer_id)
  select s.audience, n.id from changed n cross join audience_state s where s.live;
  return null;
end $$;

create trigger audience_feed_insert after insert on customer
  referencing new table as changed
  for each statement execute function audience_feed_new_customer();
create trigger audience_feed_update after update on customer
  referencing old table as before new table as changed
  for each statement execute function audience_feed_customer();
create trigger audience_feed_insert after insert on customer_tag
  referencing new table as changed
  for each statement execute function audience_feed('tag', 'n.tag');
create trigger audience_feed_update after update on customer_tag
  referencing old table as before new table as changed
  for each statement execute function audience_feed_tag();
create trigger audience_feed_delete after delete on customer_tag
  referencing old table as changed
  for each statement execute function audience_feed('tag', 'n.tag');
create trigger audience_feed_insert after insert on customer_event
  referencing new table as changed
  for each statement execute function audience_feed('event', 'n.type');
create trigger audience_feed_insert after insert on consent
  referencing new table as changed
  for each statement execute function audience_feed('consent', '''''');
create trigger audience_feed_update after update on consent
  referencing new table as changed
  for each statement execute function audience_feed('consent', '''''');
create trigger audience_feed_delete after delete on consent
  referencing old table as changed
  for each statement execute function audience_feed('consent', '''''');
create trigger audience_feed_insert after insert on assessment
  referencing new table as changed
  for each statement execute function audience_feed('assessment', '''''');
create trigger audience_feed_update after update on assessment
  referencing new table as changed
  for each statement execute function audience_feed('assessment', '''''');
create trigger audience_feed_delete after delete on assessment
  referencing old table as changed
  for each statement execute function audience_feed('assessment', '''''');
create trigger audience_feed_insert after insert on holding
  referencing new table as changed
  for each statement execute function audience_feed('holding', '''''');
create trigger audience_feed_update after update on holding
  referencing new table as changed
  for each statement execute function audience_feed('holding', '''''');
create trigger audience_feed_delete after delete on holding
  referencing old table as changed
  for each statement execute function audience_feed('holding', '''''');
create trigger audience_feed_insert after insert on participation
  referencing new table as changed
  for each statement execute function audience_feed('journey', 'n.journey_key');
create trigger audience_feed_update after update on participation
  referencing new table as changed
  for each statement execute function audience_feed('journey', 'n.journey_key');
create trigger audience_feed_update after update on message
  referencing new table as changed
  for each statement execute function audience_feed('message', 'n.template');
create trigger audience_feed_insert after insert on message
  referencing new table as changed
  for each statement execute function audience_feed('message', 'n.template');

-- What journeys and messages let rules know of themselves.
create view journey_history as
  select customer_id, journey_key as journey, 'entered' as step, entered_at as at
    from participation
  union all
  select customer_id, journey_key, 'left', left_at from participation where left_at is not null
  union all
  select customer_id, journey_key, 'reached', left_at
    from participation where left_at is not null and goal is not null;

create view message_history as
  select customer_id, template, sent_at as at from message where sent_at is not null;

-- Windows of one type over all customers, without touching the rows; and what falls out of a window.
create index customer_event_type on customer_event (type, occurred_at, customer_id);
create index customer_tag_as_of on customer_tag (tag, as_of);
create index consent_expires on consent (expires) where expires is not null;
create index assessment_assessed on assessment (assessed_at);

-- Tags read over all customers, without touching the rows.
drop index customer_tag_number;
drop index customer_tag_value;
create index customer_tag_number on customer_tag (tag, number, customer_id) include (as_of)
  where number is not null;
create index customer_tag_value on customer_tag (tag, value, customer_id) include (as_of);
