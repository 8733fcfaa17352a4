推广材料　${broker.name}
${customer.salutation}，您好！定期定额投资，是按约定的日期和金额申购基金的一种方式，金额和频率由您设定，也可随时调整。
产品名称：${product.name}（${product.code}）
管理人：${product.manager}；销售机构：${broker.name}
风险等级：${product.risk}；适合投资者：<#if product.risk == "R1">C1<#elseif product.risk == "R2">C2<#elseif product.risk == "R3">C3<#elseif product.risk == "R4">C4<#else>C5</#if>及以上
扣款失败、暂停与终止的规则，以定投协议为准。
风险提示：基金有风险，投资需谨慎。定期定额投资并不能规避基金投资所固有的风险，不能保证投资者获得收益，也不是替代储蓄的等效理财方式。基金管理人不保证本基金一定盈利，也不保证最低收益。基金的过往业绩不预示其未来表现。投资前请认真阅读基金合同、招募说明书和产品资料概要，并自主作出决定。
您可在“设置-消息通知”中关闭此类消息。
