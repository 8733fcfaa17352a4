-- Own words among the further answers of a task's form; sealed with the customer's key.
alter table advisor_task add column answers_sealed bytea;

-- How satisfied customers were, as they said themselves, one row for each message that asked. Who is
-- meant is the advisor who closed the last task before it was asked.
create table satisfaction (
  message_id       uuid        primary key,
  customer_id      bigint      not null,
  branch           text        not null,
  participation_id bigint,
  task_id          text,
  advisor          text,
  journey_key      text        not null,
  score            int         not null check (score between 1 and 5),
  given_at         timestamptz not null
);

create index satisfaction_of on satisfaction (advisor, given_at) where advisor is not null;
create index satisfaction_customer on satisfaction (customer_id);
create index satisfaction_given on satisfaction (given_at);

-- The address by which a message asks for it; its target is the score it proposes, 0 for none.
alter table tracked_link drop constraint tracked_link_kind_check;
alter table tracked_link drop constraint tracked_link_check;
alter table tracked_link add constraint tracked_link_kind_check
  check (kind in ('click', 'open', 'unsubscribe', 'rate'));
alter table tracked_link add constraint tracked_link_check
  check ((target is not null) = (kind in ('click', 'rate')));

-- What advisors note about a customer apart from any task; sealed with the customer's key.
create table customer_note (
  id          bigint      generated always as identity primary key,
  customer_id bigint      not null,
  branch      text        not null,
  author      text        not null references staff,
  written_at  timestamptz not null,
  note        bytea       not null
);

create index customer_note_of on customer_note (customer_id, written_at desc);
create index customer_note_written on customer_note (written_at);

insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
values ('satisfaction.given', '客户评价', '客户用评价链接给了 1 到 5 分。', 'waymark', '[]'::jsonb,
        '2026-11-22 00:00+08', 'waymark')
on conflict (code) do nothing;
