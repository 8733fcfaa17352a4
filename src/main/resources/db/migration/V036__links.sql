-- The addresses of our own that messages carry: a link that is followed, a picture that is seen, a
-- way to unsubscribe. The token in the address says nothing; what it means stands here.
create table tracked_link (
  token text not null,
  kind text not null check (kind in ('click', 'open', 'unsubscribe')),
  message_id uuid not null,
  customer_id bigint not null,
  branch text not null,
  channel text not null,
  purpose text not null,
  target text check ((target is not null) = (kind = 'click')),
  -- The month of the message: writing the same link again meets the row that is there.
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (token, created_at)
) partition by range (created_at);
create table tracked_link_default partition of tracked_link default;
create index tracked_link_age on tracked_link (expires_at);

-- One node at a time fetches a new token; the lease ends by itself when that node dies.
alter table provider_token
  add column lease_until timestamptz,
  alter column token_sealed drop not null,
  alter column fetched_at drop not null,
  alter column expires_at drop not null;
