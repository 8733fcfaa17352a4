<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>您的持仓检视</title>
</head>
<body style="margin:0;background:#f3f5f7;color:#1f2933;font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.8">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
    <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e6eb;border-radius:6px">
        <tr><td style="padding:20px 32px;border-bottom:1px solid #e1e6eb;color:#12395b;font-weight:600">${broker.name}</td></tr>
        <tr><td style="padding:28px 32px 8px">
          <h1 style="margin:0 0 16px;font-size:20px;color:#12395b">您的持仓检视已更新</h1>
          <p style="margin:0 0 14px">尊敬的${customer.salutation}：您好！</p>
          <p style="margin:0 0 14px">有一段时间没有见到您了，希望您一切都好。为方便您了解账户情况，我们更新了“持仓检视”服务，登录App即可查看：</p>
          <ul style="margin:0 0 14px;padding-left:20px">
            <li>持仓结构：各类资产占比与集中度；</li>
            <li>风险分布：持仓产品的风险等级与您的测评结果是否相匹配；</li>
            <li>待办事项：风险测评、证件与联系方式是否需要更新。</li>
          </ul>
          <p style="margin:0 0 14px">检视结果由系统根据您的持仓计算，数据以页面所示日期为准，仅供您了解账户情况，不构成投资建议，也不包含对市场走势的判断。</p>
          <p style="margin:0 0 14px">如果操作上有不便，您可致电客服预约远程协助；如果暂时不想收到此类邮件，可随时退订。</p>
        </td></tr>
        <tr><td style="padding:8px 32px 20px">
          <p style="font-size:1.2em;margin:0;padding:14px 18px;background:#fdf6e9;border-left:4px solid #d98c10">风险提示：投资有风险，入市需谨慎。本邮件为客户服务提醒，不构成投资建议。</p>
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
