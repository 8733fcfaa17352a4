-- By which names providers know our messages: their reports and callbacks use those. One row for
-- each part a long message was split into. Kept as long as reports may come, not longer.
create table provider_message (
  provider text not null,
  provider_id text not null,
  message_id uuid not null,
  parts integer not null check (parts > 0),
  at timestamptz not null,
  delivered boolean
) partition by range (at);
create table provider_message_default partition of provider_message default;
create index provider_message_name on provider_message (provider, provider_id);
create index provider_message_message on provider_message (message_id);

-- Access tokens that all nodes share: the vendors take the older one back when a new one is asked
-- for, so that only one node may ask at a time.
create table provider_token (
  provider text primary key,
  token_sealed bytea not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null
);
