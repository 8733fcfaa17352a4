-- Waymark itself reports when a cooling-off period begins and when it is lifted early.
insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
select code, name, meaning, 'waymark', properties::jsonb, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('cooling.began', '进入冷静期', '客户按冷静期规则进入冷静期；rule 是规则代码。由路标自己产生。',
   '[{"name": "rule", "type": "TEXT", "required": true, "allowed": [], "personal": false}]'),
  ('cooling.lifted', '提前走出冷静期', '客户学习或面谈之后提前走出冷静期。由路标自己产生。',
   '[{"name": "rule", "type": "TEXT", "required": true, "allowed": [], "personal": false}]'))
  as shipped (code, name, meaning, properties)
on conflict (code) do nothing;
