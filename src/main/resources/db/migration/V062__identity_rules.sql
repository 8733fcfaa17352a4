-- Identities by rule: a customer may have several of a type, some types may be shared, and what links
-- two records is decided by an approved policy (identity-rules), not by a unique key.

alter table customer_identity drop constraint customer_identity_pkey;
alter table customer_identity drop constraint customer_identity_type_hash_key;
-- 1 is the one messages go to; since tells whose it was first, stated_at how long ago it was last said.
alter table customer_identity add column position int not null default 1;
alter table customer_identity add column since timestamptz;
alter table customer_identity add column stated_at timestamptz;
update customer_identity set since = updated_at, stated_at = updated_at;
alter table customer_identity alter column since set not null;
alter table customer_identity alter column stated_at set not null;
alter table customer_identity add primary key (customer_id, type, hash);
create index customer_identity_hash on customer_identity (type, hash);

-- Keyed hash of name and birth date: says whether two records speak of one person without saying who.
alter table customer add column person_hash bytea;

-- Two records stated the same identity: work for the judge, gone once it is decided.
create table identity_link (
  id       bigint generated always as identity primary key,
  one_id   bigint not null references customer (id),
  other_id bigint not null references customer (id),
  branch   text not null,
  type     text not null,
  found_at timestamptz not null,
  due_at   timestamptz not null,
  asked    int not null default 1,
  attempts int not null default 0,
  check (one_id < other_id),
  unique (one_id, other_id, type)
);
create index identity_link_due on identity_link (due_at, id);

-- What the rules may not decide alone waits here for a person; what he decided stays, so that the
-- same identity does not ask twice.
create table identity_case (
  id            bigint generated always as identity primary key,
  one_id        bigint not null references customer (id),
  other_id      bigint not null references customer (id),
  branch        text not null,
  other_branch  text not null,
  type          text not null,
  reasons       text[] not null,
  rules_version text not null,
  opened_at     timestamptz not null,
  status        text not null check (status in ('open', 'merged', 'apart', 'gone')),
  decided_at    timestamptz,
  decided_by    text,
  decided_because text,
  check (one_id < other_id),
  check ((status = 'open') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
create unique index identity_case_open on identity_case (one_id, other_id) where status = 'open';
create index identity_case_apart on identity_case (one_id, other_id) where status = 'apart';
create index identity_case_of_other on identity_case (other_id);
