-- A phrase is looked for in what stands in the App as well; where that walk has come to.
alter table recall add column in_app_after uuid;

-- A signed statement about the head of the evidence chain, made each day and before every export.
-- What is signed is the text itself, so that it can be checked with nothing but a public key.
create table evidence_anchor (
  anchor_no    bigint primary key,
  first_seal   bigint not null,
  last_seal    bigint not null,
  root         bytea not null,
  head_hash    bytea not null,
  statement    text not null,
  signature    bytea not null,
  key_id       text not null,
  made_at      timestamptz not null,
  -- RFC 3161: what a time-stamping authority says about the statement; null when none is asked.
  timestamp_token bytea,
  check (last_seal >= first_seal)
);

-- Merkle roots over at most 4,096 consecutive links: a proof reads one block, not a whole day.
create table evidence_block (
  first_seal bigint primary key,
  last_seal  bigint not null,
  anchor_no  bigint not null references evidence_anchor,
  root       bytea not null
);
create index evidence_block_anchor on evidence_block (anchor_no, first_seal);

-- Statements and roots are kept as the evidence is; only a time stamp that came late may be added.
create trigger anchors_are_kept before delete on evidence_anchor
  for each row execute function refuse_change();
create trigger anchors_are_not_changed
  before update of anchor_no, first_seal, last_seal, root, head_hash, statement, signature, key_id, made_at
  on evidence_anchor for each row execute function refuse_change();
create trigger anchors_are_not_emptied before truncate on evidence_anchor
  for each statement execute function refuse_change();
create trigger blocks_are_kept before update or delete on evidence_block
  for each row execute function refuse_change();
create trigger blocks_are_not_emptied before truncate on evidence_block
  for each statement execute function refuse_change();

-- Public keys with which anchors were ever signed, so that old ones can be checked after a change.
create table evidence_key (
  key_id     text primary key,
  public_key bytea not null,
  first_used timestamptz not null
);

-- 适当性办法 art. 30: a self-check each half year, with its figures as they were when signed off.
create table self_check (
  half_year   text primary key check (half_year ~ '^[0-9]{4}H[12]$'),
  figures     jsonb not null,
  remarks     text not null,
  signed_by   text not null,
  signed_at   timestamptz not null
);
create trigger self_checks_are_kept before update or delete on self_check
  for each row execute function refuse_change();
