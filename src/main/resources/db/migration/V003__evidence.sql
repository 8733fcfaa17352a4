-- The append-only record. Facts are text, not jsonb: the chain is over exact bytes, for twenty years.
create table evidence (
  id          bigint generated always as identity,
  at          timestamptz not null,
  kind        text not null,
  subject     text not null,
  customer_id bigint,
  branch      text,
  actor       text not null,
  facts       text not null,
  primary key (at, id),
  check (customer_id is null or branch is not null)
) partition by range (at);

create table evidence_default partition of evidence default;

create index evidence_customer on evidence (customer_id, at, id) where customer_id is not null;

-- What the sealer has not chained yet; a row commits here together with its evidence.
create table evidence_unsealed (
  evidence_id bigint primary key,
  evidence_at timestamptz not null
);

create table evidence_seal (
  seal_no     bigint primary key,
  evidence_id bigint not null unique,
  evidence_at timestamptz not null,
  hash        bytea not null,
  sealed_at   timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger evidence_is_kept before update or delete on evidence
  for each row execute function refuse_change();
create trigger evidence_is_not_emptied before truncate on evidence
  for each statement execute function refuse_change();
create trigger seals_are_kept before update or delete on evidence_seal
  for each row execute function refuse_change();
create trigger seals_are_not_emptied before truncate on evidence_seal
  for each statement execute function refuse_change();
