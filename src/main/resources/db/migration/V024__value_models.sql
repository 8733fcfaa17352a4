-- What models say of customers, and who is in a cooling-off period.

-- The last RFM scores. A row without tagged_at waits to be written as a tag; one computed before
-- the newest waits to be taken away.
create table rfm_score (
  customer_id  bigint primary key references customer (id),
  branch       text not null,
  recency_days int not null,
  frequency    bigint not null,
  monetary     numeric not null,
  r            smallint not null check (r between 1 and 9),
  f            smallint not null check (f between 1 and 9),
  m            smallint not null check (m between 1 and 9),
  computed_at  timestamptz not null,
  version      text not null,
  tagged_at    timestamptz
) with (fillfactor = 80);
create index rfm_score_untagged on rfm_score (customer_id) where tagged_at is null;
create index rfm_score_computed on rfm_score (computed_at);

-- Cooling-off periods (requirement J16), kept with the rule and the policy they followed from.
create table cooling_off (
  cooling_off_id bigint generated always as identity primary key,
  customer_id    bigint not null references customer (id),
  branch         text not null,
  rule           text not null,
  version        text not null,
  began_at       timestamptz not null,
  until          timestamptz not null,
  ended_at       timestamptz,
  ended_because  text check (ended_because in ('expired', 'lifted')),
  constraint cooling_off_ends_after check (until > began_at),
  constraint cooling_off_ended_whole check ((ended_at is null) = (ended_because is null))
);
create unique index cooling_off_open on cooling_off (customer_id) where ended_at is null;
create index cooling_off_customer on cooling_off (customer_id, until);

insert into tag_definition
       (code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed, keep_history,
        purposes, rule, updated_at, updated_by)
select code, name, meaning, type, source, owner, fresh_seconds, privacy, array[]::text[],
       keep_history, array[]::text[], null, '2026-01-01 00:00+08', 'waymark'
  from (values
  ('value_tier', '价值层级', '按价值分层规则每晚计算：核心、潜力、预警、大众；资料不足时没有值。', 'TEXT', 'SCORE', '零售业务部', 1209600::bigint, 'PUBLIC', true),
  ('service_tier', '服务层级', '按服务分层规则每晚计算：A、B、C、D 类；资料不足时没有值。', 'TEXT', 'SCORE', '零售业务部', 1209600, 'PUBLIC', true),
  ('service_paid_rate', '服务付费率', '客户为投顾等服务付费的比例，百分数。', 'NUMBER', 'IMPORTED', '数据部', 2678400, 'SENSITIVE', false),
  ('violation_count', '违规记录数', '客户名下违规记录的条数，没有时为 0。', 'NUMBER', 'IMPORTED', '合规部', 2678400, 'SENSITIVE', false)
  ) as shipped (code, name, meaning, type, source, owner, fresh_seconds, privacy, keep_history)
on conflict (code) do nothing;

-- What cooling-off rules look at: how the product moved before the trade, and which product.
update event_type
   set properties = properties || '[{"name": "product", "type": "TEXT", "required": false, "allowed": [], "personal": false}, {"name": "change_5d", "type": "NUMBER", "required": false, "allowed": [], "personal": false}]'::jsonb
 where code = 'trade.executed' and not properties::text like '%change_5d%';
