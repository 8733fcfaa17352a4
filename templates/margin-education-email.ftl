<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>了解融资融券</title>
</head>
<body style="margin:0;background:#f3f5f7;color:#1f2933;font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.8">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
    <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e6eb;border-radius:6px">
        <tr><td style="padding:20px 32px;border-bottom:1px solid #e1e6eb;color:#12395b;font-weight:600">${broker.name}</td></tr>
        <tr><td style="padding:28px 32px 8px">
          <h1 style="margin:0 0 16px;font-size:20px;color:#12395b">了解融资融券：先懂规则，再作决定</h1>
          <p style="margin:0 0 14px">尊敬的${customer.salutation}：您好！</p>
          <p style="margin:0 0 14px">您近期浏览过融资融券专区。在考虑是否办理之前，请先了解这项业务的规则、条件与风险。</p>
          <p style="margin:0 0 14px"><strong>它是什么</strong><br>融资融券是向证券公司借入资金买入证券，或借入证券卖出的交易，须提供担保物并按约定支付利息与费用。单笔合约期限按合同约定，到期须了结或按规定申请展期。</p>
          <p style="margin:0 0 14px"><strong>办理条件</strong><br>最近20个交易日日均证券类资产不低于50万元，证券交易满6个月，风险承受能力为C4及以上或为专业投资者，且不属于本公司股东、关联人等限制情形。每位客户只能与一家证券公司签订合同。</p>
          <p style="margin:0 0 14px"><strong>办理步骤</strong><br>须依次通过适当性匹配、投资者教育与知识测试、征信与授信审核，由专人讲解规则与合同，并由您本人签署风险揭示书与合同。</p>
          <p style="margin:0 0 14px">您可以先在App“融资融券课堂”学习，测试由本人完成，可多次学习后再参加。是否办理，由您自主决定。</p>
        </td></tr>
        <tr><td style="padding:8px 32px 20px">
          <p style="font-size:1.2em;margin:0;padding:14px 18px;background:#fdf6e9;border-left:4px solid #d98c10">风险提示：融资融券交易具有杠杆效应，会放大亏损，损失可能超过投入的本金。融资融券须按约定支付利息与费用。维持担保比例低于约定标准且未在约定期限内补足担保物的，可能被强制平仓。保证金比例以公司公告为准。本邮件仅介绍业务规则与风险，不构成投资建议。</p>
        </td></tr>
        <tr><td style="padding:16px 32px;border-top:1px solid #e1e6eb;color:#52606d;font-size:13px">
          <p style="margin:0 0 4px">推广材料</p>
          <p style="margin:0 0 4px">${broker.name}　客服与投诉热线：${broker.hotline}</p>
          <p style="margin:0 0 4px">我们如何使用您的个人信息，请见<a href="${broker.privacyUrl}" style="color:#52606d">《隐私政策》</a></p>
          <p style="margin:0 0 4px">退订方式：${broker.unsubscribe}</p>
        </td></tr>
      </table>
    </td></tr>
  </table>
</body>
</html>
