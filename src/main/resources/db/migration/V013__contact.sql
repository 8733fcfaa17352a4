-- The one gate and its delivery. What must be unique for ever is not partitioned (message_claim,
-- receipt_seen); what grows with every message is, by month.

create table message_claim (
  message_id uuid primary key,
  participation_id bigint,
  customer_id bigint not null,
  branch text not null,
  node text not null,
  visit integer not null,
  claimed_at timestamptz not null,
  -- Outside journeys the customer takes the place of the participation. The column that may be null
  -- stands last, so that the index finds a claim by the others.
  constraint message_claim_once unique nulls not distinct (customer_id, node, visit, participation_id)
);

create table verdict (
  verdict_id bigint generated always as identity,
  decided_at timestamptz not null,
  kind text not null check (kind in ('check', 'send', 'dispatch')),
  message_id uuid,
  customer_id bigint not null,
  branch text not null,
  participation_id bigint,
  journey_key text not null,
  node text not null,
  visit integer not null,
  template text not null,
  template_version integer,
  channel text,
  purpose text,
  product text,
  outcome text not null check (outcome in ('allowed', 'deferred', 'withheld')),
  reason text,
  gate text,
  until timestamptz,
  inputs jsonb not null,
  policy_version text not null,
  rule_pack text,
  primary key (verdict_id, decided_at)
) partition by range (decided_at);
create table verdict_default partition of verdict default;
create index verdict_customer on verdict (customer_id, decided_at desc);
create index verdict_message on verdict (message_id) where message_id is not null;
create index verdict_withheld on verdict (decided_at, reason) where outcome = 'withheld';

-- The moment of creation is also in the message id (version 7), so a message is found in its month
-- by its id alone.
create table message (
  message_id uuid not null,
  created_at timestamptz not null,
  customer_id bigint not null,
  branch text not null,
  participation_id bigint,
  journey_key text not null,
  node text not null,
  visit integer not null,
  template text not null,
  template_version_id bigint not null,
  template_version integer not null,
  channel text not null,
  purpose text not null,
  product text,
  priority integer not null,
  slot text,
  subject_sealed bytea,
  body_sealed bytea not null,
  body_hash text not null,
  rule_pack text not null,
  policy_version text not null,
  status text not null check (
    status in ('waiting', 'sent', 'delivered', 'failed', 'withheld', 'unknown')),
  reason text,
  gate text,
  due_at timestamptz not null,
  provider text,
  provider_id text,
  sent_at timestamptz,
  delivered_at timestamptz,
  settled_at timestamptz,
  primary key (message_id, created_at)
) partition by range (created_at);
create table message_default partition of message default;
create index message_customer on message (customer_id, created_at desc);
create index message_created on message (created_at desc);

-- Only what is under way: a settled message has no row here. States: later (due in the future),
-- ready, sending (a provider is being called), unknown (nobody knows whether it was accepted),
-- awaiting (accepted, the receipt is still out).
create table outbox (
  message_id uuid primary key,
  created_at timestamptz not null,
  customer_id bigint not null,
  branch text not null,
  channel text not null,
  priority integer not null,
  state text not null check (state in ('later', 'ready', 'sending', 'unknown', 'awaiting')),
  attempts integer not null,
  due_at timestamptz not null,
  since timestamptz not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index outbox_ready on outbox (channel, priority desc, due_at, message_id) where state = 'ready';
create index outbox_open on outbox (channel, state, due_at) where state <> 'ready';

-- One row per customer ever contacted under a cap: what senders lock, in ascending order.
create table contact_count (
  customer_id bigint primary key,
  branch text not null
) with (fillfactor = 90);

-- What counts against the caps. A message counts from the moment it was claimed for; withheld and
-- failed messages give their place back. Rows older than the longest window are purged.
create table contact_reservation (
  customer_id bigint not null,
  branch text not null,
  message_id uuid not null,
  channel text not null,
  purpose text not null,
  counts_at timestamptz not null,
  primary key (customer_id, message_id)
);
create index contact_reservation_message on contact_reservation (message_id);
create index contact_reservation_age on contact_reservation (counts_at);

create table suppression (
  suppression_id bigint generated always as identity primary key,
  customer_id bigint not null,
  branch text not null,
  reason text not null,
  since timestamptz not null,
  until timestamptz not null,
  actor text not null,
  released_at timestamptz,
  released_by text
);
create index suppression_customer on suppression (customer_id, until) where released_at is null;

create table receipt_seen (
  channel text not null,
  provider_receipt_id text not null,
  message_id uuid not null,
  customer_id bigint not null,
  branch text not null,
  received_at timestamptz not null,
  primary key (channel, provider_receipt_id)
);

create table in_app_message (
  message_id uuid primary key,
  customer_id bigint not null,
  branch text not null,
  slot text not null,
  template text not null,
  template_version_id bigint not null,
  product text,
  purpose text not null,
  priority integer not null,
  subject_sealed bytea,
  body_sealed bytea not null,
  placed_at timestamptz not null,
  valid_until timestamptz not null
);
create index in_app_message_slot on in_app_message (customer_id, slot, valid_until);
create index in_app_message_age on in_app_message (valid_until);
