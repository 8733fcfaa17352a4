-- The broker's own people and branches, keys of other systems, the exchange calendar, keys of customers.

create table branch (
  code text primary key,
  name text not null
);

create table staff (
  username      text primary key,
  name          text not null,
  role          text not null,
  branch        text not null references branch (code),
  all_branches  boolean not null,
  enabled       boolean not null,
  password_hash text,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);

-- A name is never used twice: evidence names keys by it.
create table api_key (
  name       text primary key,
  key_hash   bytea not null unique,
  scopes     text[] not null,
  everywhere boolean not null,
  branches   text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz
);

create table calendar_year (
  year         integer primary key,
  source       text not null,
  published_at timestamptz not null
);

create table calendar_closure (
  day  date primary key,
  year integer not null references calendar_year (year),
  note text not null default '',
  check (extract(year from day) = year and extract(isodow from day) < 6)
);

create table working_weekend (
  day  date primary key,
  year integer not null references calendar_year (year),
  check (extract(year from day) = year and extract(isodow from day) > 5)
);

insert into calendar_year (year, source, published_at) values
  (2025, '上海证券交易所 2024-12-23 关于 2025 年部分节假日休市安排的公告', '2024-12-23 00:00+08'),
  (2026, '上证公告〔2025〕45号，2026 年部分节假日休市安排', '2025-12-22 00:00+08');

insert into calendar_closure (day, year, note)
select day::date, extract(year from day::date), note
from (values
  ('2025-01-01', '元旦'),
  ('2025-01-28', '春节'), ('2025-01-29', '春节'), ('2025-01-30', '春节'), ('2025-01-31', '春节'),
  ('2025-02-03', '春节'), ('2025-02-04', '春节'),
  ('2025-04-04', '清明节'),
  ('2025-05-01', '劳动节'), ('2025-05-02', '劳动节'), ('2025-05-05', '劳动节'),
  ('2025-06-02', '端午节'),
  ('2025-10-01', '国庆节、中秋节'), ('2025-10-02', '国庆节、中秋节'), ('2025-10-03', '国庆节、中秋节'),
  ('2025-10-06', '国庆节、中秋节'), ('2025-10-07', '国庆节、中秋节'), ('2025-10-08', '国庆节、中秋节'),
  ('2026-01-01', '元旦'), ('2026-01-02', '元旦'),
  ('2026-02-16', '春节'), ('2026-02-17', '春节'), ('2026-02-18', '春节'), ('2026-02-19', '春节'),
  ('2026-02-20', '春节'), ('2026-02-23', '春节'),
  ('2026-04-06', '清明节'),
  ('2026-05-01', '劳动节'), ('2026-05-04', '劳动节'), ('2026-05-05', '劳动节'),
  ('2026-06-19', '端午节'),
  ('2026-09-25', '中秋节'),
  ('2026-10-01', '国庆节'), ('2026-10-02', '国庆节'), ('2026-10-05', '国庆节'),
  ('2026-10-06', '国庆节'), ('2026-10-07', '国庆节')
) as notice (day, note);

insert into working_weekend (day, year)
select day::date, extract(year from day::date)
from unnest(array[
  '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11',
  '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'
]) as day;

-- A destroyed key leaves its row without the key, so that a person erased once is never sealed anew.
create table customer_key (
  customer_id  bigint primary key,
  wrapped_key  bytea,
  created_at   timestamptz not null,
  destroyed_at timestamptz,
  check ((wrapped_key is null) = (destroyed_at is not null))
);
