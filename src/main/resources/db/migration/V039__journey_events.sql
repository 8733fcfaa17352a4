-- Every event that a shipped journey waits for, and every one that Waymark itself reports, is
-- declared: a drawing that names another is told so, since one letter wrong waits for ever.
insert into event_type (code, name, meaning, source, properties, updated_at, updated_by)
select code, name, meaning, source, '[]'::jsonb, '2026-11-22 00:00+08', 'waymark'
  from (values
  ('account.funded', '首次入金', '客户把资金转入账户。', ''),
  ('account.step_abandoned', '开户中断', '客户停在开户的某一步。', ''),
  ('complaint.filed', '客户投诉', '客户提出投诉；旅程据此停止。', ''),
  ('course.completed', '学完课程', '客户学完一门投教课程。', ''),
  ('dca.created', '新建定投', '客户新建一个定投计划。', ''),
  ('dca.deduct_succeeded', '定投扣款恢复', '定投计划扣款成功。', ''),
  ('holding.reviewed', '完成持仓复盘', '客户看完持仓复盘。', ''),
  ('margin.course_completed', '学完两融课程', '客户学完融资融券投教课程。', ''),
  ('margin.opened', '开通两融', '客户开立信用账户。', ''),
  ('margin.test_passed', '通过两融测试', '客户通过融资融券知识测试。', ''),
  ('risk.assessed', '完成风险测评', '客户完成风险测评。', ''),
  ('advisor.task_completed', '投顾任务完成', '投顾答复了一个任务。', 'waymark'),
  ('audience.entered', '进入人群', '客户成为实时人群的成员。', 'waymark'),
  ('audience.left', '离开人群', '客户不再是实时人群的成员。', 'waymark'),
  ('message.settled', '消息有结果', '一条消息送达、失败、被拦下或再无回音。', 'waymark'),
  ('message.delivered', '消息送达', '渠道报告消息已送达。', 'waymark'),
  ('message.failed', '消息失败', '渠道报告消息未能送达。', 'waymark'),
  ('message.opened', '消息打开', '客户打开了消息。', 'waymark'),
  ('message.clicked', '消息点击', '客户点开了消息里的链接。', 'waymark'),
  ('message.replied', '消息回复', '客户回复了消息。', 'waymark'),
  ('message.unsubscribed', '退订', '客户退订。', 'waymark'))
  as shipped (code, name, meaning, source)
on conflict (code) do nothing;
