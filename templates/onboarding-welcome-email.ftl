<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>欢迎您</title>
</head>
<body style="margin:0;background:#f3f5f7;color:#1f2933;font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.8">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
    <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e6eb;border-radius:6px">
        <tr><td style="padding:20px 32px;border-bottom:1px solid #e1e6eb;color:#12395b;font-weight:600">${broker.name}</td></tr>
        <tr><td style="padding:28px 32px 8px">
          <h1 style="margin:0 0 16px;font-size:20px;color:#12395b">欢迎您，账户已开立</h1>
          <p style="margin:0 0 14px">尊敬的${customer.salutation}：您好！</p>
          <p style="margin:0 0 14px">感谢您选择${broker.name}。您的证券账户已开立，接下来的三步可以帮助您稳步了解市场：</p>
          <ol style="margin:0 0 14px;padding-left:20px">
            <li>完成风险承受能力测评，约需5分钟，请本人如实作答；</li>
            <li>学习三节新手课程，看懂账户、交易规则与风险；</li>
            <li>核对联系方式与消息通知设置，选择您愿意接收的信息。</li>
          </ol>
          <p style="margin:0 0 14px">开立账户不收取任何附加条件，是否交易、何时交易，完全由您决定。遇到任何问题，我们的服务团队都在。</p>
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
