-- Which variant a customer got, for ever: weights may change, an answer once given may not.
create table experiment_assignment (
  experiment  text        not null,
  customer_id bigint      not null,
  branch      text        not null,
  variant     text        not null,
  weights     text        not null,
  assigned_at timestamptz not null,
  primary key (experiment, customer_id)
);
