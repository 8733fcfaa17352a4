<!DOCTYPE html>
<html lang="zh-CN">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>新的一年，先把计划写下来</title>
</head>
<body style="margin:0;background:#f3f5f7;color:#1f2933;font-family:-apple-system,'PingFang SC','Microsoft YaHei',sans-serif;font-size:15px;line-height:1.8">
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
    <tr><td align="center" style="padding:24px 12px">
      <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e1e6eb;border-radius:6px">
        <tr><td style="padding:20px 32px;border-bottom:1px solid #e1e6eb;color:#12395b;font-weight:600">${broker.name}</td></tr>
        <tr><td style="padding:28px 32px 8px">
          <h1 style="margin:0 0 16px;font-size:20px;color:#12395b">新的一年，先把计划写下来</h1>
          <p style="margin:0 0 14px">尊敬的${customer.salutation}：您好！</p>
          <p style="margin:0 0 14px">一份规划从三个问题开始：这笔钱什么时候要用，能承受多大的波动，目标是什么。您可以用App“投教专区-规划清单”写下答案。</p>
          <p style="margin:0 0 14px">以下产品的风险等级与您的测评结果相匹配，供您了解，具体情况请以法律文件为准。任何基金都可能出现亏损。</p>
          <p style="margin:0 0 14px">          <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 14px;background:#f8fafb;border:1px solid #e1e6eb">
            <tr><td style="padding:6px 16px">产品名称：${product.name}（${product.code}）</td></tr>
            <tr><td style="padding:6px 16px">管理人：${product.manager}；销售机构：${broker.name}</td></tr>
            <tr><td style="padding:6px 16px">产品类型：<#if product.type == "equity_fund">股票型基金<#elseif product.type == "bond_fund">债券型基金<#elseif product.type == "money_fund">货币市场基金<#elseif product.type == "mixed_fund">混合型基金<#elseif product.type == "qdii">QDII基金<#else>其他</#if></td></tr>
            <tr><td style="padding:6px 16px">风险等级：${product.risk}</td></tr>
            <tr><td style="padding:6px 16px">适合投资者：<#if product.risk == "R1">C1<#elseif product.risk == "R2">C2<#elseif product.risk == "R3">C3<#elseif product.risk == "R4">C4<#else>C5</#if>及以上</td></tr>
            <tr><td style="padding:6px 16px">费率：${product.fee!"以基金法律文件及基金管理人公告为准"}</td></tr>
          </table>
</p>
          <p style="margin:0 0 14px">如果想聊一聊，可在App“我的-预约答疑”预约投资顾问做一次一对一规划。是否投资，由您自主决定。</p>
        </td></tr>
        <tr><td style="padding:8px 32px 20px">
          <p style="font-size:1.2em;margin:0;padding:14px 18px;background:#fdf6e9;border-left:4px solid #d98c10">风险提示：基金有风险，投资需谨慎。基金管理人承诺以诚实信用、勤勉尽责的原则管理和运用基金资产，但不保证本基金一定盈利，也不保证最低收益。基金的过往业绩不预示其未来表现。投资前请认真阅读基金合同、招募说明书和产品资料概要，在全面了解产品情况、自身风险承受能力及适当性匹配意见的基础上，自主作出投资决策。</p>
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
