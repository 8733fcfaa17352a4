-- Taken by a node and not being called yet: what a dead node leaves so goes back untouched. Only
-- what is being called is "sending", and only of that nobody knows what became of it.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('later', 'ready', 'taken', 'sending', 'unknown', 'awaiting', 'parked'));
