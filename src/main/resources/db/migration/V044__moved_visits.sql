-- A visit also ends when a person or a migration moves the customer elsewhere. What a node has seen
-- stays: entered = waiting + done + failed + withheld, and who was moved away counts as done there.
alter table node_visit drop constraint node_visit_outcome_check;
alter table node_visit add constraint node_visit_outcome_check
  check (outcome in ('done', 'withheld', 'interrupted', 'moved'));
