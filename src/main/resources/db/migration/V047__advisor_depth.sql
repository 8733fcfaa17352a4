-- What an advisor can do beyond the qualification, and whose turn it is among equals.
alter table advisor
  add column skills    text[] not null default '{}',
  add column languages text[] not null default '{}',
  add column tiers     text[] not null default '{}',
  add column last_turn bigint not null default 0;

create sequence advisor_turn;

-- When advisors are away. Only what somebody else approved counts. Half days end or begin at noon,
-- Asia/Shanghai; rows are few and stay: they explain why a task went where it went.
create table advisor_absence (
  id           bigint      generated always as identity primary key,
  username     text        not null references advisor,
  from_at      timestamptz not null,
  to_at        timestamptz not null,
  entered_by   text        not null references staff,
  entered_at   timestamptz not null,
  approved_by  text        references staff,
  approved_at  timestamptz,
  withdrawn_by text        references staff,
  withdrawn_at timestamptz,
  check (from_at < to_at),
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  check (approved_by <> username)
);

create index advisor_absence_of on advisor_absence (username, to_at);

-- What the task asks for, what the routing table answered, and what became of it on its way.
alter table advisor_task
  add column kind         text    not null default 'follow_up',
  add column urgency      text    not null default 'normal' check (urgency in ('normal', 'high')),
  add column skill        text,
  add column language     text,
  add column tier         text,
  add column anywhere     boolean not null default false,
  add column routed_by    text    not null default '',
  add column escalate_to  text    not null default 'leader' check (escalate_to in ('leader', 'head_office')),
  add column reroute_overdue boolean not null default false,
  add column remind_at    timestamptz,
  add column reminded_at  timestamptz,
  add column tried_at     timestamptz,
  add column refused_by   text[]  not null default '{}',
  add column moved_because text,
  add column reroutes     int     not null default 0,
  add column call_back_at timestamptz,
  add column call_backs   int     not null default 0,
  add column talk_track   text,
  add column materials    text[]  not null default '{}',
  add column answers      jsonb;

-- The watch asks every minute for the few rows that fell due since.
create index advisor_task_remind on advisor_task (remind_at) where status = 'open' and reminded_at is null and remind_at is not null;
create index advisor_task_overdue on advisor_task (due_at) where status = 'open' and escalated_at is null;
create index advisor_task_waiting on advisor_task (tried_at nulls first, due_at) where status = 'open' and assignee is null;
-- A person's closed tasks, and the figures of a branch.
create index advisor_task_closed_by on advisor_task (closed_by, closed_at) where status = 'completed';
create index advisor_task_closed on advisor_task (branch, closed_at) where status = 'completed';
