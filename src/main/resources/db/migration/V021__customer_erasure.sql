-- Erasure of one person: asked for by one officer, confirmed by another. What the law makes us keep
-- stays (consents, assessments, verdicts, evidence: codes only, twenty years), but nobody is found,
-- contacted or read by it any more.

alter table customer add column erased_at timestamptz;

create table customer_erasure (
  id           bigint generated always as identity primary key,
  customer_id  bigint not null references customer (id),
  branch       text not null,
  reason       text not null,
  requested_at timestamptz not null,
  requested_by text not null,
  status       text not null check (status in ('requested', 'declined', 'done')),
  decided_at   timestamptz,
  decided_by   text,
  check ((status = 'requested') = (decided_by is null)),
  -- Four eyes: nobody confirms or declines what he asked for, whoever writes it.
  check (decided_by is null or decided_by <> requested_by)
);
create unique index customer_erasure_open on customer_erasure (customer_id)
  where status = 'requested';
