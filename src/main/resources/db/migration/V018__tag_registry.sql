-- What a tag and a type of event are: nobody may send values of a tag that nobody declared.

create table tag_definition (
  code          text        primary key check (code ~ '^[a-z][a-z0-9_]{0,63}$'),
  name          text        not null,
  meaning       text        not null,
  type          text        not null check (type in ('TEXT', 'NUMBER', 'FLAG', 'DATE')),
  source        text        not null check (source in ('IMPORTED', 'RULE', 'SCORE', 'JOURNEY')),
  owner         text        not null,
  fresh_seconds bigint      check (fresh_seconds > 0),
  privacy       text        not null check (privacy in ('PUBLIC', 'SENSITIVE', 'SECRET')),
  purposes      text[]      not null,
  allowed       text[]      not null,
  keep_history  boolean     not null,
  rule          text,
  updated_at    timestamptz not null,
  updated_by    text        not null
);

-- When the value was true, which is not when it was written: freshness counts from here.
alter table customer_tag add column as_of timestamptz;
update customer_tag set as_of = updated_at;
alter table customer_tag alter column as_of set not null;

-- Changes of the tags whose history is kept; by month in which the new value became true.
create table tag_change (
  at          timestamptz not null,
  customer_id bigint      not null,
  branch      text        not null,
  tag         text        not null,
  before      text,
  after       text,
  actor       text        not null
) partition by range (at);
create table tag_change_default partition of tag_change default;
create index tag_change_customer on tag_change (customer_id, at);

create table event_type (
  code           text        primary key,
  name           text        not null,
  meaning        text        not null,
  source         text        not null,
  retention_days int         check (retention_days > 0),
  properties     jsonb       not null,
  updated_at     timestamptz not null,
  updated_by     text        not null
);

-- The vocabulary the shipped journeys and audiences speak. A house changes it on its page.
insert into tag_definition
       (code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed, keep_history,
        purposes, rule, updated_at, updated_by)
select code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed, keep_history,
       array[]::text[], null, '2026-01-01 00:00+08', 'waymark'
  from (values
  ('asset_total', '总资产', '客户名下全部资产合计，单位元。', 'NUMBER', 'IMPORTED', '数据部', null::bigint, 'SENSITIVE', array[]::text[], false),
  ('asset_avg_20d', '近 20 个交易日日均资产', '开立信用账户的资产门槛按它计算，单位元。', 'NUMBER', 'IMPORTED', '数据部', null::bigint, 'SENSITIVE', array[]::text[], false),
  ('cash_balance', '可用资金', '资金账户可用余额，单位元。', 'NUMBER', 'IMPORTED', '数据部', null::bigint, 'SENSITIVE', array[]::text[], false),
  ('trading_months', '交易月数', '首笔交易至今的月数。', 'NUMBER', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('experience', '投资经验', '新手或成熟投资者。', 'TEXT', 'IMPORTED', '零售业务部', null::bigint, 'PUBLIC', array['newbie','mature']::text[], false),
  ('tier', '客户层级', '核心、成长、大众、预警或休眠等层级。', 'TEXT', 'IMPORTED', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], true),
  ('lifecycle', '生命周期阶段', '3A3R 阶段。', 'TEXT', 'IMPORTED', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], true),
  ('risk_level', '内部风险标签', '内部参考用的风险标签，不代替法定风险测评。', 'TEXT', 'IMPORTED', '合规部', null::bigint, 'SENSITIVE', array[]::text[], true),
  ('life_stage', '人生阶段', '如求学、成家、育儿、养老。', 'TEXT', 'IMPORTED', '零售业务部', null::bigint, 'SENSITIVE', array[]::text[], true),
  ('age_band', '年龄段', '如 18-29、30-44、45-59、60+。', 'TEXT', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('gender', '性别', '称呼用。', 'TEXT', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('city', '常住城市', '客户登记的城市。', 'TEXT', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('occupation', '职业', '客户登记的职业。', 'TEXT', 'IMPORTED', '数据部', null::bigint, 'SENSITIVE', array[]::text[], false),
  ('open_channel', '开户渠道', '客户从哪个渠道开户。', 'TEXT', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('preferred_channel', '偏好渠道', '客户最常回应的渠道。', 'TEXT', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('open_date', '开户日期', '首个账户开立的日期。', 'DATE', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('last_login', '最近登录日', '最近一次登录的日期。', 'DATE', 'IMPORTED', '数据部', 259200, 'PUBLIC', array[]::text[], false),
  ('login_days_30d', '近 30 日登录天数', '近 30 日内有登录的天数。', 'NUMBER', 'IMPORTED', '数据部', 259200, 'PUBLIC', array[]::text[], false),
  ('trade_count_90d', '近 90 日成交笔数', '近 90 日成交笔数。', 'NUMBER', 'IMPORTED', '数据部', 604800, 'PUBLIC', array[]::text[], false),
  ('commission_year', '近一年佣金', '近一年佣金收入，单位元。', 'NUMBER', 'IMPORTED', '数据部', 2678400, 'SENSITIVE', array[]::text[], false),
  ('profit_rate_90d', '近 90 日收益率', '近 90 日账户收益率，百分数。', 'NUMBER', 'IMPORTED', '数据部', 604800, 'SENSITIVE', array[]::text[], false),
  ('fund_count', '持有基金只数', '当前持有的基金只数。', 'NUMBER', 'IMPORTED', '数据部', 604800, 'PUBLIC', array[]::text[], false),
  ('fund_value', '基金市值', '当前持有基金的市值，单位元。', 'NUMBER', 'IMPORTED', '数据部', 604800, 'SENSITIVE', array[]::text[], false),
  ('dca_plans', '定投计划数', '正在执行的定投计划数。', 'NUMBER', 'IMPORTED', '数据部', 604800, 'PUBLIC', array[]::text[], false),
  ('is_margin', '已开立信用账户', '是否已开立信用账户。', 'FLAG', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('is_option', '已开立期权账户', '是否已开立期权账户。', 'FLAG', 'IMPORTED', '数据部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('education_high_risk', '已完成高风险业务投教', '完成后才能推荐高风险业务。', 'FLAG', 'IMPORTED', '合规部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('related_party', '关联人', '是否为本公司股东或关联人，信用业务不得推荐。', 'FLAG', 'IMPORTED', '合规部', null::bigint, 'SENSITIVE', array[]::text[], false),
  ('wecom_friend', '已添加企业微信', '是否已添加投顾企业微信。', 'FLAG', 'IMPORTED', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('churn_score', '流失概率', '0 到 1 之间，越大越可能流失。', 'NUMBER', 'SCORE', '数据部', 604800, 'SENSITIVE', array[]::text[], false),
  ('rfm', 'RFM 分组', '最近、频次、金额各 1 到 5 组成的三位数字。', 'TEXT', 'SCORE', '数据部', 2678400, 'PUBLIC', array[]::text[], false),
  ('idle_reason', '休眠原因', '如不会操作、收益不满意、没时间。', 'TEXT', 'IMPORTED', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('risk_interview', '风险面谈结果', '投顾与风险预警客户面谈后的结论。', 'TEXT', 'JOURNEY', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('onboarding_unlocked', '已解锁新手权益', '完成新手任务后由旅程写入。', 'TEXT', 'JOURNEY', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('onboarding_stage', '新手旅程所处阶段', '由新手旅程写入。', 'TEXT', 'JOURNEY', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('margin_opened', '已由旅程开通两融', '由两融旅程写入。', 'TEXT', 'JOURNEY', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false),
  ('margin_opened_elsewhere', '已在别处开通两融', '客户说明已在其他证券公司开通。', 'TEXT', 'JOURNEY', '零售业务部', null::bigint, 'PUBLIC', array[]::text[], false)
  ) as shipped (code, name, meaning, type, source, owner, fresh_seconds, privacy, allowed,
                keep_history);

insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
select code, name, meaning, '', properties::jsonb, '2026-01-01 00:00+08', 'waymark'
  from (values
  ('login', '登录', '客户登录 App 或网站。',
   '[{"name": "device", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('trade', '交易', '客户的一笔交易。',
   '[{"name": "amount", "type": "NUMBER", "required": false, "allowed": [], "personal": false}, {"name": "side", "type": "TEXT", "required": false, "allowed": [], "personal": false}, {"name": "product", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('trade.executed', '成交', '一笔委托成交。',
   '[{"name": "side", "type": "TEXT", "required": false, "allowed": [], "personal": false}, {"name": "amount", "type": "NUMBER", "required": false, "allowed": [], "personal": false}]'),
  ('fund.deducted', '定投扣款成功', '定投计划扣款成功。',
   '[{"name": "amount", "type": "NUMBER", "required": false, "allowed": [], "personal": false}, {"name": "product", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('fund.page_viewed', '浏览基金页面', '客户浏览基金相关页面。',
   '[{"name": "page", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('page.viewed', '浏览页面', '客户浏览一个页面。',
   '[{"name": "page", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('product.viewed', '浏览产品', '客户浏览一个产品。',
   '[{"name": "product", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('margin.page_viewed', '浏览两融页面', '客户浏览融资融券页面。',
   '[{"name": "page", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('dca.terminated', '定投终止', '客户终止定投计划。',
   '[{"name": "plan", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('dca.deduct_failed', '定投扣款失败', '定投计划扣款失败。',
   '[{"name": "reason", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('redemption.large', '大额赎回', '客户近期大额赎回。',
   '[{"name": "band", "type": "TEXT", "required": false, "allowed": [], "personal": false}]'),
  ('account.opened', '开户完成', '客户完成开户。',
   '[]')
  ) as shipped (code, name, meaning, properties);
