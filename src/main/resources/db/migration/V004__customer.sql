-- Customers, what is known of them, and what they did. Personal data is sealed (bytea, key per
-- customer) or kept as a keyed hash; the masked form is what screens show.

create sequence customer_id_seq;

create table customer (
  id             bigint primary key default nextval('customer_id_seq'),
  ref            text not null unique,
  branch         text not null,
  advisor        text,
  customer_class text not null check (customer_class in ('ORDINARY', 'PROFESSIONAL')),
  legal_status   text not null
    check (legal_status in ('NORMAL', 'DECEASED', 'RESTRICTED', 'BLACKLISTED', 'COMPLAINT_HOLD')),
  birth_date     date,
  name_sealed    bytea not null,
  name_masked    text not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null
);
alter sequence customer_id_seq owned by customer.id;
create index customer_branch on customer (branch, id);
create index customer_advisor on customer (advisor, id) where advisor is not null;
create index customer_ref_prefix on customer (ref text_pattern_ops);

-- One identity belongs to one customer; a customer has at most one identity of a type.
create table customer_identity (
  type        text not null,
  hash        bytea not null,
  customer_id bigint not null references customer (id),
  branch      text not null,
  sealed      bytea not null,
  masked      text not null,
  updated_at  timestamptz not null,
  primary key (customer_id, type),
  unique (type, hash)
);

create table customer_tag (
  customer_id bigint not null references customer (id),
  branch      text not null,
  tag         text not null,
  value       text not null,
  number      numeric,
  updated_at  timestamptz not null,
  updated_by  text not null,
  primary key (customer_id, tag)
);
create index customer_tag_number on customer_tag (tag, number) where number is not null;
create index customer_tag_value on customer_tag (tag, value);

create table holding (
  customer_id  bigint not null references customer (id),
  branch       text not null,
  product      text not null,
  market_value numeric(20, 4) not null,
  cost         numeric(20, 4) not null,
  as_of        date not null,
  primary key (customer_id, product)
);
create index holding_product on holding (product);

-- Consent: the current word per purpose and channel, and every change for ever.
create table consent (
  customer_id  bigint not null references customer (id),
  branch       text not null,
  purpose      text not null,
  channel      text not null,
  state        text not null check (state in ('GRANTED', 'REFUSED')),
  source       text not null,
  text_version text not null,
  at           timestamptz not null,
  expires      timestamptz,
  evidence_ref text,
  primary key (customer_id, purpose, channel)
);

create table consent_change (
  id           bigint generated always as identity primary key,
  customer_id  bigint not null references customer (id),
  branch       text not null,
  purpose      text not null,
  channel      text not null,
  state        text not null check (state in ('GRANTED', 'REFUSED')),
  source       text not null,
  text_version text not null,
  at           timestamptz not null,
  expires      timestamptz,
  evidence_ref text,
  recorded_at  timestamptz not null,
  actor        text not null
);
-- The same word sent twice is one word.
create unique index consent_change_once
  on consent_change (customer_id, at, purpose, channel, state, source);

-- Risk assessment: the current one, and every one for ever.
create table assessment (
  customer_id   bigint primary key references customer (id),
  branch        text not null,
  level         text not null check (level in ('C1', 'C2', 'C3', 'C4', 'C5')),
  minimum_class boolean not null,
  assessed_at   timestamptz not null,
  expires_at    timestamptz not null,
  max_term      text check (max_term in ('short', 'medium', 'long')),
  product_types text[] not null,
  objective     text not null
    check (objective in ('preservation', 'income', 'growth', 'aggressive'))
);

create table assessment_change (
  id            bigint generated always as identity primary key,
  customer_id   bigint not null references customer (id),
  branch        text not null,
  level         text not null,
  minimum_class boolean not null,
  assessed_at   timestamptz not null,
  expires_at    timestamptz not null,
  max_term      text,
  product_types text[] not null,
  objective     text not null,
  recorded_at   timestamptz not null,
  actor         text not null
);
create unique index assessment_change_once
  on assessment_change (customer_id, assessed_at, level, minimum_class, expires_at, max_term,
                        product_types, objective) nulls not distinct;

-- What was said and measured is never rewritten (适当性管理办法 art. 32: kept 20 years).
create trigger consent_change_append_only before update or delete on consent_change
  for each row execute function refuse_change();
create trigger assessment_change_append_only before update or delete on assessment_change
  for each row execute function refuse_change();

-- Events, by month of occurrence.
create sequence customer_event_seq;

create table customer_event (
  seq         bigint not null,
  customer_id bigint not null,
  branch      text not null,
  type        text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  source      text not null,
  event_id    text not null,
  properties  jsonb not null,
  primary key (seq, occurred_at)
) partition by range (occurred_at);
create table customer_event_default partition of customer_event default;
create index customer_event_customer on customer_event (customer_id, type, occurred_at desc);

-- Unique for ever, therefore not partitioned.
create table event_seen (
  source      text not null,
  event_id    text not null,
  customer_id bigint not null,
  branch      text not null,
  received_at timestamptz not null,
  primary key (source, event_id)
);

-- What journeys have not yet read. A row with a participation is a redelivery for it alone.
create table event_queue (
  id               bigint generated always as identity primary key,
  seq              bigint not null,
  occurred_at      timestamptz not null,
  customer_id      bigint not null,
  branch           text not null,
  participation_id bigint,
  attempts         int not null default 0,
  due_at           timestamptz not null,
  reason           text
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_limit = 2000);
create index event_queue_customer on event_queue (customer_id, id);
create index event_queue_seq on event_queue (seq);
