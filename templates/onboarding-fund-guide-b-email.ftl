<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>银证转账常见问题</title>
</head>
<body style="margin:0;background:#f3f5f7;color:#1f2933;font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.8">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
    <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e6eb;border-radius:6px">
        <tr><td style="padding:20px 32px;border-bottom:1px solid #e1e6eb;color:#12395b;font-weight:600">${broker.name}</td></tr>
        <tr><td style="padding:28px 32px 8px">
          <h1 style="margin:0 0 16px;font-size:20px;color:#12395b">关于银证转账，您可能想知道</h1>
          <p style="margin:0 0 14px">尊敬的${customer.salutation}：您好！</p>
          <p style="margin:0 0 14px">我们整理了新客户问得较多的四个问题：</p>
          <p style="margin:0 0 14px"><strong>问：转入的资金放在哪里？</strong><br>答：由存管银行单独立户管理，您可随时在App查询。</p>
          <p style="margin:0 0 14px"><strong>问：什么时间可以转账？</strong><br>答：通常为交易日的银证转账服务时间，以存管银行公布的时间为准。</p>
          <p style="margin:0 0 14px"><strong>问：当天卖出证券的资金，何时可以转出？</strong><br>答：按清算规则，一般为下一交易日，以系统显示的可取金额为准。</p>
          <p style="margin:0 0 14px"><strong>问：一定要现在转入资金吗？</strong><br>答：不需要。您可以先完成风险测评与新手课程，再决定是否以及何时参与。</p>
        </td></tr>
        <tr><td style="padding:8px 32px 20px">
          <p style="font-size:1.2em;margin:0;padding:14px 18px;background:#fdf6e9;border-left:4px solid #d98c10">风险提示：投资有风险，入市需谨慎。请在了解业务规则与自身风险承受能力后，自主决定是否参与。</p>
        </td></tr>
        <tr><td style="padding:16px 32px;border-top:1px solid #e1e6eb;color:#52606d;font-size:13px">
          <p style="margin:0 0 4px">${broker.name}　客服与投诉热线：${broker.hotline}</p>
          <p style="margin:0 0 4px">我们如何使用您的个人信息，请见<a href="${broker.privacyUrl}" style="color:#52606d">《隐私政策》</a></p>
          <p style="margin:0 0 4px">退订方式：${broker.unsubscribe}</p>
        </td></tr>
      </table>
    </td></tr>
  </table>
</body>
</html>
