【${broker.name}】${customer.salutation}，您好，投资顾问刚与您联系过。请您点开 https://rate.invalid/0 为这次服务打 1 至 5 分，只需十秒。客服热线${broker.hotline}。拒收请回复R
