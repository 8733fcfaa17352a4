-- Advisors: who may take which task, and how much a day.
create table advisor (
  username       text        primary key references staff,
  branch         text        not null references branch,
  qualifications text[]      not null,
  licence_until  date        not null,
  daily_capacity int         not null check (daily_capacity >= 0),
  absent_from    date,
  absent_to      date,
  leader         boolean     not null,
  updated_at     timestamptz not null,
  check (absent_to is null or absent_from is not null),
  check (absent_to >= absent_from)
);

create index advisor_branch on advisor (branch);

-- One row per task that a journey ever gave to a person. task_id is the engine's id, so it is unique
-- for ever; the note is sealed with the customer's key.
create table advisor_task (
  task_id          text        primary key,
  customer_id      bigint      not null,
  branch           text        not null,
  participation_id bigint      not null,
  journey_key      text        not null,
  node             text        not null,
  title            text        not null,
  qualification    text,
  outcomes         text[]      not null check (cardinality(outcomes) > 0),
  status           text        not null check (status in ('open', 'completed', 'cancelled')),
  assignee         text,
  reason           text        not null,
  created_at       timestamptz not null,
  assigned_at      timestamptz,
  due_at           timestamptz not null,
  escalated_at     timestamptz,
  escalated_to     text,
  closed_at        timestamptz,
  closed_by        text,
  outcome          text,
  note             bytea,
  cancel_reason    text,
  check ((status = 'open') = (closed_at is null)),
  check ((status = 'completed') = (outcome is not null)),
  check ((assignee is null) = (assigned_at is null))
);

create index advisor_task_held on advisor_task (assignee, due_at) where status = 'open';
create index advisor_task_pool on advisor_task (branch, due_at) where status = 'open';
create index advisor_task_escalated on advisor_task (escalated_to, due_at) where status = 'open' and escalated_to is not null;
-- The day's load counts what was finished today as well.
create index advisor_task_done on advisor_task (assignee, closed_at) where status = 'completed';
create index advisor_task_customer on advisor_task (customer_id, created_at);
