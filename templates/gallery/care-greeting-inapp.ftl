${customer.salutation}，您好！
值此特别的日子，愿您与家人平安健康，事事顺心。感谢您一路以来的信任与陪伴。
${broker.name}全体同仁敬上
