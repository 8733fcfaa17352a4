-- Behaviour that contradicts a level, changes of investor class, impact assessments, campaign abuse.

-- What tightens a level until the next assessment: the assessment itself is never touched.
create table level_contradiction (
  id             bigint generated always as identity primary key,
  customer_id    bigint not null references customer (id),
  branch         text not null,
  rule           text not null,
  event_seq      bigint not null,
  at             timestamptz not null,
  assessed_at    timestamptz not null,
  assessed_level text not null,
  level_after    text not null check (level_after in ('C1', 'C2', 'C3', 'C4', 'C5')),
  policy_version text not null,
  recorded_at    timestamptz not null,
  constraint level_contradiction_only_tightens check (level_after <= assessed_level),
  constraint level_contradiction_after_assessment check (at > assessed_at),
  constraint level_contradiction_once unique (customer_id, assessed_at, rule)
);
create index level_contradiction_recorded on level_contradiction (recorded_at desc);
create trigger level_contradiction_append_only before update or delete on level_contradiction
  for each row execute function refuse_change();

-- One row per customer whose behaviour is looked at: events of one customer are counted one after
-- the other, so that of two arriving at once neither is missed.
create table behaviour_watch (
  customer_id bigint primary key references customer (id),
  branch      text not null,
  seen_at     timestamptz not null
) with (fillfactor = 80);

create index assessment_expires on assessment (expires_at);

-- Applications to change the investor class (适当性管理办法 art. 8, 11, 12), and notices of return.
create table class_application (
  id           bigint generated always as identity primary key,
  customer_id  bigint not null references customer (id),
  branch       text not null,
  route        text not null
    check (route in ('art8_person', 'art8_organisation', 'art11_person', 'art11_organisation', 'revert')),
  materials    text not null,
  status       text not null check (status in ('applied', 'tested', 'approved', 'refused', 'withdrawn')),
  applied_at   timestamptz not null,
  applied_by   text not null,
  test_score   integer check (test_score between 0 and 100),
  test_passed  boolean,
  tested_at    timestamptz,
  tested_by    text,
  decided_at   timestamptz,
  decided_by   text,
  reason       text,
  policy_version text not null,
  constraint class_application_four_eyes check (
    decided_by is null or status = 'withdrawn'
    or (lower(decided_by) <> lower(applied_by)
        and (tested_by is null or lower(decided_by) <> lower(tested_by)))),
  constraint class_application_test_whole check (
    (tested_at is null) = (tested_by is null) and (tested_at is null) = (test_passed is null)),
  constraint class_application_decided check (
    (status in ('approved', 'refused', 'withdrawn')) = (decided_at is not null))
);
create unique index class_application_open on class_application (customer_id)
  where status in ('applied', 'tested');
create index class_application_recent on class_application (applied_at desc);

-- Assessments of the impact on personal information (个人信息保护法 art. 55, 56: kept three years).
create table impact_assessment (
  id           bigint generated always as identity primary key,
  audience     text not null,
  profile      text[] not null,
  scope        text not null,
  necessity    text not null,
  risk         text not null,
  measures     text not null,
  author       text not null,
  created_at   timestamptz not null,
  valid_until  timestamptz not null,
  approved_by  text,
  approved_at  timestamptz,
  rejected_by  text,
  rejected_at  timestamptz,
  rejected_because text,
  constraint impact_four_eyes check (approved_by is null or lower(approved_by) <> lower(author)),
  constraint impact_approved_whole check ((approved_by is null) = (approved_at is null)),
  constraint impact_decided_once check (approved_by is null or rejected_by is null),
  constraint impact_ends check (valid_until > created_at)
);
create index impact_assessment_audience on impact_assessment (audience, created_at desc);

-- Signals by which campaigns are abused: keyed hashes only, and only as long as rules look back.
create table abuse_signal (
  kind        text not null,
  hash        bytea not null,
  customer_id bigint not null,
  branch      text not null,
  event       text not null,
  at          timestamptz not null,
  event_seq   bigint not null,
  primary key (kind, hash, event_seq)
);
create index abuse_signal_at on abuse_signal (at);

-- One row per signal value: openings with the same value are counted one after the other.
create table abuse_key (
  kind    text not null,
  hash    bytea not null,
  seen_at timestamptz not null,
  primary key (kind, hash)
) with (fillfactor = 80);
create index abuse_key_seen on abuse_key (seen_at);

create table abuse_case (
  id         bigint generated always as identity primary key,
  rule       text not null,
  kind       text not null,
  hash       bytea not null,
  branch     text not null,
  status     text not null check (status in ('open', 'released', 'confirmed')),
  opened_at  timestamptz not null,
  policy_version text not null,
  decided_by text,
  decided_at timestamptz,
  reason     text,
  constraint abuse_case_decided check (
    (status = 'open') = (decided_by is null)
    and (decided_by is null) = (decided_at is null)
    and (decided_by is null) = (reason is null))
);
create unique index abuse_case_open on abuse_case (rule, kind, hash) where status = 'open';
create index abuse_case_recent on abuse_case (opened_at desc);

create table abuse_case_customer (
  case_id     bigint not null references abuse_case (id),
  customer_id bigint not null references customer (id),
  branch      text not null,
  since       timestamptz not null,
  primary key (case_id, customer_id)
);
create index abuse_case_customer_of on abuse_case_customer (customer_id);

insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
select code, name, meaning, source, properties::jsonb, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('suitability.reassessment_due', '应重新测评', '测评即将到期，或行为与测评等级矛盾；由路标自己产生。', 'waymark',
   '[{"name": "cause", "type": "TEXT", "required": true, "allowed": ["expiring", "contradiction"], "personal": false}]'),
  ('fund.redeemed', '赎回基金', '客户赎回基金；loss_percent 为持有期亏损百分比。', '',
   '[{"name": "product", "type": "TEXT", "required": false, "allowed": [], "personal": false}, {"name": "loss_percent", "type": "NUMBER", "required": false, "allowed": [], "personal": false}]'),
  ('fund.bought', '买入基金', '客户主动买入基金。', '',
   '[{"name": "product", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'))
  as shipped (code, name, meaning, source, properties)
on conflict (code) do nothing;

insert into tag_definition
       (code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed, keep_history,
        purposes, rule, updated_at, updated_by)
select code, name, meaning, type, 'IMPORTED', '合规部', null, privacy, array[]::text[], true,
       array[]::text[], null, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('education_high_risk_at', '高风险投教完成时间', '从此时起计算高风险产品的考虑时间。', 'TEXT', 'PUBLIC'),
  ('qualified_investor', '合格投资者', '经确认的私募合格投资者。', 'FLAG', 'SENSITIVE'))
  as shipped (code, name, meaning, type, privacy)
on conflict (code) do nothing;
