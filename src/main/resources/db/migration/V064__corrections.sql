-- Correction of a person's own data (个人信息保护法 art. 46): asked for by one, decided by another. The
-- new value is sealed with the person's key and goes with it when the person is erased.
create table customer_correction (
  id           bigint generated always as identity primary key,
  customer_id  bigint not null references customer (id),
  branch       text not null,
  field        text not null,
  value_sealed bytea not null,
  masked       text not null,
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
create unique index customer_correction_open on customer_correction (customer_id, field)
  where status = 'requested';
