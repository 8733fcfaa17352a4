<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>银证转账操作指引</title>
</head>
<body style="margin:0;background:#f3f5f7;color:#1f2933;font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.8">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
    <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e6eb;border-radius:6px">
        <tr><td style="padding:20px 32px;border-bottom:1px solid #e1e6eb;color:#12395b;font-weight:600">${broker.name}</td></tr>
        <tr><td style="padding:28px 32px 8px">
          <h1 style="margin:0 0 16px;font-size:20px;color:#12395b">银证转账，三步看懂</h1>
          <p style="margin:0 0 14px">尊敬的${customer.salutation}：您好！</p>
          <p style="margin:0 0 14px">不少新客户会问：资金怎样在银行卡与证券账户之间转入转出？我们把步骤整理如下，供您需要时查阅。</p>
          <ol style="margin:0 0 14px;padding-left:20px">
            <li>绑定三方存管银行：在App“我的-银行卡”核对存管银行状态；</li>
            <li>选择转账方向：银行转证券为转入，证券转银行为转出；</li>
            <li>核对到账：资金到账时间以银行与清算安排为准，可在“资金流水”查看。</li>
          </ol>
          <p style="margin:0 0 14px">账户资金由存管银行单独立户管理。我们不会以任何理由索要您的密码或验证码，请勿向他人转账代办。是否转入资金，请根据自身情况决定。</p>
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
