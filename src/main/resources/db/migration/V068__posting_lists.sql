-- Posting lists: which customers have which value of a tag, stand in which branch, did what how
-- often on which day. A list remembers the snapshot it was built of; whatever changed afterwards is
-- noted beside it, in the transaction of the change, so that list and notes together say exactly
-- what the rows say. See docs/decisions/audience-counting.md.

create table posting (
  id        bigint generated always as identity primary key,
  kind      text        not null check (kind in ('customer', 'tag', 'event')),
  -- The tag or the type of event; empty for customers.
  name      text        not null,
  -- A day in China, of events only.
  day       date        check ((kind = 'event') = (day is not null)),
  -- The database cluster whose transactions the snapshot counts: a copy elsewhere begins anew.
  cluster   bigint      not null,
  snapshot  pg_snapshot not null,
  -- Of a tag: its oldest value. Values not noted as changed have only become younger since.
  oldest    timestamptz,
  -- Of a tag: whether there is a list for each of its values.
  by_value  boolean     not null,
  built_at  timestamptz not null
);
create unique index posting_of on posting (kind, name, day) nulls not distinct;

-- field: 'all'; of a tag 'value', 'numbers' (all that are numbers) or 'number' (those from least to
-- most); of customers the column, where no value means null. Lists are Roaring bitmaps, of events
-- differences and counts as varints.
create table posting_part (
  posting   bigint  not null references posting on delete cascade,
  number    int     not null,
  field     text    not null,
  value     text,
  least     numeric,
  most      numeric,
  customers bigint  not null,
  list      bytea   not null,
  primary key (posting, number)
);
alter table posting_part alter column list set storage external;

-- What has been asked for, and so is worth a list.
create table posting_wish (
  kind     text        not null,
  name     text        not null,
  -- Of events: how many days back.
  days     int         not null,
  asked_at timestamptz not null,
  primary key (kind, name)
);

-- Changes some list may not have seen; customers is null when they are too many to name.
create table posting_change (
  id        bigint generated always as identity primary key,
  xid       xid8 not null default pg_current_xact_id(),
  kind      text not null,
  names     text[] not null,
  first_day date,
  last_day  date,
  customers bigint[]
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_limit = 2000);

-- Events up to this day are noted when they come late; only such days get lists. A transaction that
-- read the day before it was raised has a number below known_since.
create table posting_horizon (
  one         boolean primary key default true check (one),
  last_day    date not null,
  known_since xid8
);

create function posting_note_new_tags() returns trigger language plpgsql as $$
declare
  many boolean := (select count(*) > 2000 from changed);
begin
  insert into posting_change (kind, names, customers)
  select 'tag', array(select tag from changed group by tag),
         case when not many then array(select distinct customer_id from changed) end
   where exists (select from changed);
  return null;
end $$;

-- A daily import repeats nearly everything: a value that only became younger is no change.
create function posting_note_tags() returns trigger language plpgsql as $$
declare
  ids bigint[];
  tags text[];
  rows bigint;
begin
  select array_agg(n.customer_id), array_agg(n.tag), count(*) into ids, tags, rows
    from changed n
    join before o on o.customer_id = n.customer_id and o.tag = n.tag
   where o.value <> n.value or o.number is distinct from n.number or n.as_of < o.as_of;
  if rows > 0 then
    insert into posting_change (kind, names, customers)
    values ('tag', array(select distinct unnest(tags)),
            case when rows <= 2000 then array(select distinct unnest(ids)) end);
  end if;
  return null;
end $$;

create function posting_note_new_customers() returns trigger language plpgsql as $$
begin
  insert into posting_change (kind, names, customers)
  select 'customer', '{}', case when count(*) <= 2000 then array_agg(id) end
    from changed having count(*) > 0;
  return null;
end $$;

create function posting_note_customers() returns trigger language plpgsql as $$
begin
  insert into posting_change (kind, names, customers)
  select 'customer', '{}', case when count(*) <= 2000 then array_agg(n.id) end
    from changed n join before o on o.id = n.id
   where (o.branch, o.advisor, o.customer_class, o.legal_status)
         is distinct from (n.branch, n.advisor, n.customer_class, n.legal_status)
  having count(*) > 0;
  return null;
end $$;

-- A transaction that sees no more than when it began may not see that the day was raised.
create function posting_note_events() returns trigger language plpgsql as $$
declare
  horizon date := case when current_setting('transaction_isolation') = 'read committed'
                       then (select last_day from posting_horizon) else 'infinity' end;
begin
  if horizon is null then
    return null;
  end if;
  insert into posting_change (kind, names, first_day, last_day, customers)
  select 'event', array_agg(distinct n.type), min(n.day), max(n.day),
         case when count(*) <= 2000 then array_agg(distinct n.customer_id) end
    from (select type, customer_id, (occurred_at at time zone 'Asia/Shanghai')::date as day
            from changed) n
   where n.day <= horizon
  having count(*) > 0;
  return null;
end $$;

create trigger posting_note_insert after insert on customer
  referencing new table as changed
  for each statement execute function posting_note_new_customers();
create trigger posting_note_update after update on customer
  referencing old table as before new table as changed
  for each statement execute function posting_note_customers();
create trigger posting_note_delete after delete on customer
  referencing old table as changed
  for each statement execute function posting_note_new_customers();
create trigger posting_note_insert after insert on customer_tag
  referencing new table as changed
  for each statement execute function posting_note_new_tags();
create trigger posting_note_update after update on customer_tag
  referencing old table as before new table as changed
  for each statement execute function posting_note_tags();
create trigger posting_note_delete after delete on customer_tag
  referencing old table as changed
  for each statement execute function posting_note_new_tags();
create trigger posting_note_insert after insert on customer_event
  referencing new table as changed
  for each statement execute function posting_note_events();
create trigger posting_note_update after update on customer_event
  referencing new table as changed
  for each statement execute function posting_note_events();
create trigger posting_note_update_before after update on customer_event
  referencing old table as changed
  for each statement execute function posting_note_events();
create trigger posting_note_delete after delete on customer_event
  referencing old table as changed
  for each statement execute function posting_note_events();
