-- What Waymark computes of customers: runs in the background, the feed of who is to be computed
-- anew, and tags that are computed by rules.

create table model_run (
  run_id      bigint generated always as identity primary key,
  model       text not null,
  argument    text not null default '',
  status      text not null check (status in ('waiting', 'running', 'done', 'failed')),
  asked_by    text not null,
  asked_at    timestamptz not null,
  started_at  timestamptz,
  -- When the node that runs it last said so; one that fell silent is taken over.
  alive_at    timestamptz,
  finished_at timestamptz,
  attempts    int not null default 0,
  done        bigint not null default 0,
  total       bigint not null default 0,
  -- What was found, or why it failed; no personal data.
  result      text
);
-- Asked for twice before it begins is asked for once.
create unique index model_run_waiting on model_run (model, argument) where status = 'waiting';
create index model_run_open on model_run (run_id) where status in ('waiting', 'running');
create index model_run_last on model_run (model, argument, run_id desc);

-- Which facts a model reads. Kind customer stands for the customer's own row.
create table model_interest (
  kind  text not null,
  name  text not null,
  model text not null,
  primary key (kind, name, model)
);

-- Customers to be computed anew; written in the transaction that changed their facts.
create table model_dirty (
  id          bigint generated always as identity primary key,
  model       text   not null,
  customer_id bigint not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_limit = 2000);

create function model_feed() returns trigger language plpgsql as $$
begin
  if not exists (select from model_interest where kind = tg_argv[0]) then
    return null;
  end if;
  execute format(
    'insert into model_dirty (model, customer_id)
     select distinct i.model, n.%s
       from changed n join model_interest i on i.kind = %L and i.name = %s',
    tg_argv[2], tg_argv[0], tg_argv[1]);
  return null;
end $$;

-- A daily import repeats nearly everything: only what has changed is fed.
create function model_feed_tag() returns trigger language plpgsql as $$
begin
  if not exists (select from model_interest where kind = 'tag') then
    return null;
  end if;
  insert into model_dirty (model, customer_id)
  select distinct i.model, n.customer_id
    from changed n
    join before o on o.customer_id = n.customer_id and o.tag = n.tag
    join model_interest i on i.kind = 'tag' and i.name = n.tag
   where o.value <> n.value;
  return null;
end $$;

create function model_feed_customer() returns trigger language plpgsql as $$
begin
  insert into model_dirty (model, customer_id)
  select i.model, n.id
    from changed n join before o on o.id = n.id join model_interest i on i.kind = 'customer'
   where (o.branch, o.advisor, o.customer_class, o.legal_status, o.birth_date, o.merged_into)
         is distinct from
         (n.branch, n.advisor, n.customer_class, n.legal_status, n.birth_date, n.merged_into);
  return null;
end $$;

create trigger model_feed_insert after insert on customer
  referencing new table as changed
  for each statement execute function model_feed('customer', '''''', 'id');
create trigger model_feed_update after update on customer
  referencing old table as before new table as changed
  for each statement execute function model_feed_customer();
create trigger model_feed_insert after insert on customer_tag
  referencing new table as changed
  for each statement execute function model_feed('tag', 'n.tag', 'customer_id');
create trigger model_feed_update after update on customer_tag
  referencing old table as before new table as changed
  for each statement execute function model_feed_tag();
create trigger model_feed_delete after delete on customer_tag
  referencing old table as changed
  for each statement execute function model_feed('tag', 'n.tag', 'customer_id');
create trigger model_feed_insert after insert on customer_event
  referencing new table as changed
  for each statement execute function model_feed('event', 'n.type', 'customer_id');
create trigger model_feed_insert after insert on consent
  referencing new table as changed
  for each statement execute function model_feed('consent', '''''', 'customer_id');
create trigger model_feed_update after update on consent
  referencing new table as changed
  for each statement execute function model_feed('consent', '''''', 'customer_id');
create trigger model_feed_delete after delete on consent
  referencing old table as changed
  for each statement execute function model_feed('consent', '''''', 'customer_id');
create trigger model_feed_insert after insert on assessment
  referencing new table as changed
  for each statement execute function model_feed('assessment', '''''', 'customer_id');
create trigger model_feed_update after update on assessment
  referencing new table as changed
  for each statement execute function model_feed('assessment', '''''', 'customer_id');
create trigger model_feed_delete after delete on assessment
  referencing old table as changed
  for each statement execute function model_feed('assessment', '''''', 'customer_id');
create trigger model_feed_insert after insert on holding
  referencing new table as changed
  for each statement execute function model_feed('holding', '''''', 'customer_id');
create trigger model_feed_update after update on holding
  referencing new table as changed
  for each statement execute function model_feed('holding', '''''', 'customer_id');
create trigger model_feed_delete after delete on holding
  referencing old table as changed
  for each statement execute function model_feed('holding', '''''', 'customer_id');
create trigger model_feed_insert after insert on participation
  referencing new table as changed
  for each statement execute function model_feed('journey', 'n.journey_key', 'customer_id');
create trigger model_feed_update after update on participation
  referencing new table as changed
  for each statement execute function model_feed('journey', 'n.journey_key', 'customer_id');
create trigger model_feed_insert after insert on message
  referencing new table as changed
  for each statement execute function model_feed('message', 'n.template', 'customer_id');
create trigger model_feed_update after update on message
  referencing new table as changed
  for each statement execute function model_feed('message', 'n.template', 'customer_id');

-- A rule a tag is computed by, from the wish to switch it on to its end. A tag that is not public
-- needs a second person, who is a compliance officer.
create table rule_tag (
  rule_tag_id    bigint generated always as identity primary key,
  tag            text not null references tag_definition (code),
  rule           text not null,
  needs_approval boolean not null,
  author         text not null,
  proposed_at    timestamptz not null,
  approved_by    text,
  approved_at    timestamptz,
  ended_by       text,
  ended_at       timestamptz,
  computed_at    timestamptz,
  constraint rule_tag_four_eyes
    check (not needs_approval or approved_by is null or lower(approved_by) <> lower(author)),
  constraint rule_tag_approved_whole check ((approved_by is null) = (approved_at is null)),
  constraint rule_tag_ended_whole check ((ended_by is null) = (ended_at is null))
);
create unique index rule_tag_in_force on rule_tag (tag)
  where approved_at is not null and ended_at is null;
create unique index rule_tag_proposed on rule_tag (tag)
  where approved_at is null and ended_at is null;

create function rule_tag_stays() returns trigger language plpgsql as $$
begin
  if (old.tag, old.rule, old.needs_approval, old.author, old.proposed_at)
     is distinct from (new.tag, new.rule, new.needs_approval, new.author, new.proposed_at) then
    raise exception 'rule_tag_stays: what was proposed is never changed, only ended';
  end if;
  return new;
end $$;
create trigger rule_tag_stays before update on rule_tag
  for each row execute function rule_tag_stays();
