-- A draft may be edited by several people; none of them approves it, and what was approved stays.
alter table rule_pack
  add column editors text[] not null default '{}',
  add constraint rule_pack_editors_do_not_approve
    check (approved_by is null or not (lower(approved_by) = any (editors)));

create function rule_pack_is_fixed() returns trigger language plpgsql as $$
begin
  raise exception 'rule pack %: what was approved never changes', old.version;
end
$$;

create trigger rule_pack_fixed
  before update or delete on rule_pack
  for each row
  when (old.approved_by is not null)
  execute function rule_pack_is_fixed();

-- One row for each set of rules that came into force, on the way through all content: template
-- versions in the order of their ids, then journeys. New template versions are read by the latest.
create table pack_scan (
  pack_hash text not null,
  rules_day date not null,
  pack_version text not null,
  previous_pack text,
  started_at timestamptz not null,
  last_template bigint not null default 0,
  templates_read integer not null default 0,
  hits integer not null default 0,
  finished_at timestamptz,
  primary key (pack_hash, rules_day)
);

-- Exactly this version stopped because a rule that came later hits it.
create table content_pause (
  pause_id bigint generated always as identity primary key,
  kind text not null check (kind in ('template', 'journey')),
  content_id bigint not null,
  code text not null,
  version integer not null,
  hash text not null,
  pack_version text not null,
  rules text[] not null check (cardinality(rules) > 0),
  paused_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by text,
  constraint content_pause_lifted_whole check ((lifted_at is null) = (lifted_by is null))
);
create unique index content_pause_stands on content_pause (kind, content_id) where lifted_at is null;
create index content_pause_latest on content_pause (paused_at desc);

-- Content in which a violation was hidden: once for each version and rule.
create table evasion (
  content_id bigint not null,
  rule_id text not null,
  code text not null,
  version integer not null,
  author text not null,
  matched text not null,
  pack_version text not null,
  seen_at timestamptz not null,
  primary key (content_id, rule_id)
);
create index evasion_latest on evasion (seen_at desc);
