-- Delivery under limits: an order in which nobody waits for ever, messages that a person must look
-- at, the nodes that share a provider's rate, and what counts under a cap by priority.

-- Sorting by (due - priority x ageing) is sorting by priority among messages that wait alike, and
-- still a fixed order that an index can hold.
alter table outbox add column rank_at timestamptz;
update outbox set rank_at = due_at - make_interval(secs => priority * 6);
alter table outbox alter column rank_at set not null;
alter table outbox add column problem text;
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('later', 'ready', 'sending', 'unknown', 'awaiting', 'parked'));
alter table outbox add constraint outbox_parked_with_problem
  check ((state = 'parked') = (problem is not null));
drop index outbox_ready;
create index outbox_ready on outbox (channel, rank_at, message_id) where state = 'ready';

-- Rows of nodes that ended are removed after a day.
create table dispatch_node (
  node_id uuid primary key,
  seen_at timestamptz not null
);

alter table contact_reservation add column priority integer not null default 50;
alter table contact_reservation alter column priority drop default;
