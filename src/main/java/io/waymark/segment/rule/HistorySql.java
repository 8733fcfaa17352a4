package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

/** Reads holdings, and the views journeys and messages offer of what happened. */
final class HistorySql {

  private final Moment moment;

  HistorySql(Moment moment) {
    this.moment = moment;
  }

  Fact fact(HistoryCondition condition) {
    if (condition instanceof HistoryCondition.HoldsProduct holds) {
      return holding(
          sql("from holding f where f.market_value > 0 and f.product = ?", holds.product()));
    }
    if (condition instanceof HistoryCondition.HoldsType holds) {
      return holding(
          sql(
              "from holding f join product p on p.code = f.product"
                  + " where f.market_value > 0 and p.type = ?",
              holds.type()));
    }
    if (condition instanceof HistoryCondition.Journey journey) {
      return happened(
          sql(
              "from journey_history f where f.journey = ? and f.step = ? and ",
              journey.journey(),
              journey.step().code()),
          journey.window());
    }
    HistoryCondition.Received received = (HistoryCondition.Received) condition;
    return happened(
        sql("from message_history f where f.template = ? and ", received.template()),
        received.window());
  }

  private static Fact holding(Sql source) {
    return new Fact.Presence(
        source,
        sql("(select string_agg(f.product, '、' order by f.product) ")
            .with(source)
            .with(sql(" and f.customer_id = c.id)")));
  }

  private Fact happened(Sql source, Window window) {
    Sql within = source.with(RuleSql.within("f.at", moment.bounds(window)));
    return new Fact.Presence(
        within,
        sql("(select " + RuleSql.moment("max(f.at)") + " ")
            .with(within)
            .with(sql(" and f.customer_id = c.id)")));
  }
}
