-- Named suppression lists, and what is said again by another channel when it did not arrive.

create table suppression_list (
  list_code text primary key check (list_code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  meaning text not null,
  -- Empty: every channel.
  channels text[] not null,
  created_at timestamptz not null,
  created_by text not null
);
alter table suppression add column list_code text references suppression_list (list_code);
alter table suppression add column released_because text;
create index suppression_of_list on suppression (list_code, until) where released_at is null;

-- The first message of a course of texts; null where there is only one.
alter table message add column intent_id uuid;

-- One row per intent that has a text left to try; removed when the intent is settled. The values
-- the next text is rendered from are the customer's own words and sealed.
create table message_fallback (
  message_id uuid primary key,
  intent_id uuid not null,
  customer_id bigint not null,
  branch text not null,
  participation_id bigint,
  journey_key text not null,
  node text not null,
  visit integer not null,
  product text,
  priority integer not null,
  parameters_sealed bytea not null,
  remaining text[] not null,
  within_seconds bigint not null,
  when_unknown text not null check (when_unknown in ('wait', 'next')),
  attempt integer not null,
  due_at timestamptz not null
);
create index message_fallback_due on message_fallback (due_at, message_id);

insert into tag_definition
       (code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed, keep_history,
        purposes, rule, updated_at, updated_by)
values ('time_zone', '客户时区', '客户所在时区的 IANA 名称，如 Asia/Urumqi；未填按 Asia/Shanghai。免打扰时段与惯常查看时段按它计算。',
        'TEXT', 'IMPORTED', '零售业务部', null, 'PUBLIC', array[]::text[], false, array[]::text[], null,
        '2026-01-01 00:00+08', 'waymark')
on conflict (code) do nothing;

insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
values ('complaint.received', '收到投诉', '客户投诉登记；自此停止营销，直至办结或期满。', '', '[]',
        '2026-01-01 00:00+08', 'waymark'),
       ('complaint.closed', '投诉办结', '投诉处理完毕；恢复营销。', '', '[]', '2026-01-01 00:00+08', 'waymark')
on conflict (code) do nothing;
