-- Stopping something everywhere at once, and letting it go on again by two people. Rows are kept as
-- long as the evidence (twenty years): a recall explains why messages did not leave.
create table recall (
  recall_id        bigint generated always as identity primary key,
  kind             text not null check (kind in ('product', 'template', 'phrase', 'journey', 'channel')),
  target           text not null check (target <> ''),
  reason           text not null,
  started_by       text not null,
  started_at       timestamptz not null,
  -- How far the stopping has come; a killed node's work goes on from here.
  outbox_after     uuid,
  withheld         bigint not null default 0,
  taken_down       bigint not null default 0,
  held             bigint not null default 0,
  stopped_at       timestamptz,
  listed_to        timestamptz,
  listed_to_id     uuid,
  reached          bigint not null default 0,
  listed_at        timestamptz,
  lift_reason      text,
  lift_proposed_by text,
  lift_proposed_at timestamptz,
  lifted_by        text,
  lifted_at        timestamptz,
  constraint recall_lift_proposed_whole check (
    (lift_proposed_by is null) = (lift_proposed_at is null)
    and (lift_proposed_by is null) = (lift_reason is null)),
  constraint recall_lifted_whole check ((lifted_by is null) = (lifted_at is null)),
  -- Two people: whoever proposed cannot confirm, whichever door is used.
  constraint recall_four_eyes check (
    lifted_by is null
    or (lift_proposed_by is not null and lower(lifted_by) <> lower(lift_proposed_by)))
);

create unique index recall_standing on recall (kind, target) where lifted_at is null;
create index recall_unfinished on recall (recall_id) where listed_at is null;

-- Who had been reached before the recall, one row per message.
create table recall_reached (
  recall_id   bigint not null references recall,
  message_id  uuid not null,
  created_at  timestamptz not null,
  customer_id bigint not null,
  branch      text not null,
  primary key (recall_id, message_id)
);
create index recall_reached_list on recall_reached (recall_id, created_at desc, message_id);

-- A recalled journey's content must also be hidden where it stands in the App.
alter table in_app_message add column journey_key text;
update in_app_message a set journey_key = m.journey_key
  from message m where m.message_id = a.message_id;
