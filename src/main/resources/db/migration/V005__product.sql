-- The product catalogue. The risk that counts is the higher of the manager's and the broker's grade
-- (中基协发〔2026〕13号: the seller's grade may not be lower than the manager's).
create table product (
  code         text primary key,
  name         text not null,
  type         text not null,
  manager_risk text not null check (manager_risk in ('R1', 'R2', 'R3', 'R4', 'R5')),
  broker_risk  text not null check (broker_risk in ('R1', 'R2', 'R3', 'R4', 'R5')),
  risk         text generated always as (greatest(manager_risk, broker_risk)) stored,
  manager      text not null,
  term         text check (term in ('short', 'medium', 'long')),
  objective    text not null
    check (objective in ('preservation', 'income', 'growth', 'aggressive')),
  status       text not null check (status in ('on_sale', 'closed')),
  statements   jsonb not null,
  updated_at   timestamptz not null,
  updated_by   text not null
);
create index product_type on product (type, status, code);
