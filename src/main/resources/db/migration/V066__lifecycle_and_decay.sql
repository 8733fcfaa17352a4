-- The stage of each customer's way, and how far his activity has fallen.

create table lifecycle_stage (
  customer_id bigint primary key references customer (id),
  branch      text not null,
  stage       text not null,
  since       timestamptz not null,
  -- Of the policy under which it was last confirmed, and when that was.
  version     text not null,
  as_of       timestamptz not null
) with (fillfactor = 80);
create index lifecycle_stage_stage on lifecycle_stage (stage, since);

create table decay_score (
  customer_id bigint not null references customer (id),
  signal      text not null,
  branch      text not null,
  -- What was measured in the two windows: times, yuan, or the values of a tag.
  recent      numeric not null,
  base        numeric not null,
  -- How many per cent of the former pace are gone, 0 to 100.
  percent     int not null check (percent between 0 and 100),
  alarmed     boolean not null,
  since       timestamptz not null,
  version     text not null,
  computed_at timestamptz not null,
  as_of       timestamptz not null,
  primary key (customer_id, signal)
) with (fillfactor = 80);
create index decay_score_signal on decay_score (signal, alarmed, percent);

-- Values of tags that decay is measured on, read once a week.
create table decay_reading (
  taken_at    timestamptz not null,
  customer_id bigint not null,
  branch      text not null,
  tag         text not null,
  value       numeric not null
) partition by range (taken_at);
create table decay_reading_default partition of decay_reading default;
create index decay_reading_customer on decay_reading (customer_id, tag, taken_at);

insert into tag_definition
       (code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed, keep_history,
        purposes, rule, updated_at, updated_by)
select code, name, meaning, type, 'SCORE', '零售业务部', fresh_seconds, privacy, allowed, keep_history,
       array[]::text[], null, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('lifecycle_stage', '生命周期阶段（计算）', '按客户生命周期规则计算的 3A3R 阶段；外部系统送来的阶段在标签 lifecycle。', 'TEXT', 1209600::bigint, 'PUBLIC', array[]::text[], true),
  ('decay_login', '登录减少', '近 30 天登录比此前 90 天少了百分之几，0 到 100；此前登录太少时没有值。', 'NUMBER', 1209600, 'PUBLIC', array[]::text[], false),
  ('decay_trade', '交易减少', '近 30 天成交与定投比此前 90 天少了百分之几，0 到 100；此前太少时没有值。', 'NUMBER', 1209600, 'PUBLIC', array[]::text[], false),
  ('decay_asset', '资产减少', '总资产比此前 90 天的平均少了百分之几，0 到 100；没有满 4 次的每周读数时没有值。', 'NUMBER', 1209600, 'SENSITIVE', array[]::text[], false)
  ) as shipped (code, name, meaning, type, fresh_seconds, privacy, allowed, keep_history)
on conflict (code) do nothing;

insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
select code, name, meaning, source, properties::jsonb, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('lifecycle.changed', '生命周期阶段变化', '客户从一个阶段到了另一个阶段；首次归入不算。由路标自己产生。', 'waymark',
   '[{"name": "from", "type": "TEXT", "required": true, "allowed": [], "personal": false}, {"name": "to", "type": "TEXT", "required": true, "allowed": [], "personal": false}]'),
  ('decay.began', '活跃度明显下降', '一个衰减信号到了开始的界限。由路标自己产生。', 'waymark',
   '[{"name": "signal", "type": "TEXT", "required": true, "allowed": [], "personal": false}, {"name": "percent", "type": "NUMBER", "required": true, "allowed": [], "personal": false}]'),
  ('decay.ended', '活跃度恢复', '一个衰减信号回到了解除的界限以内。由路标自己产生。', 'waymark',
   '[{"name": "signal", "type": "TEXT", "required": true, "allowed": [], "personal": false}, {"name": "percent", "type": "NUMBER", "required": true, "allowed": [], "personal": false}]'),
  ('referral.made', '介绍他人开户', '客户介绍的人完成了开户；不写被介绍人的资料。', '', '[]'))
  as shipped (code, name, meaning, source, properties)
on conflict (code) do nothing;
