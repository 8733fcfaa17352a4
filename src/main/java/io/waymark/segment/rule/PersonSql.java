package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

import java.util.List;

/** Reads the customer, consents and assessments. */
final class PersonSql {

  private final Moment moment;

  PersonSql(Moment moment) {
    this.moment = moment;
  }

  Fact fact(PersonCondition condition) {
    if (condition instanceof PersonCondition.Age age) {
      String years = "extract(year from age(?, c.birth_date))";
      return new Fact.Column(
          sql(
              years + " " + age.comparison().symbol() + " ?",
              moment.today().atStartOfDay(),
              age.years()),
          sql("(" + years + " || ' 周岁')", moment.today().atStartOfDay()));
    }
    if (condition instanceof PersonCondition.BranchIn branch) {
      return column("c.branch", branch.among(), branch.branches());
    }
    if (condition instanceof PersonCondition.AdvisorIn advisor) {
      return column("c.advisor", advisor.among(), advisor.advisors());
    }
    if (condition instanceof PersonCondition.ClassIs of) {
      return column("c.customer_class", of.among(), List.of(of.value().name()));
    }
    if (condition instanceof PersonCondition.StatusIs of) {
      return column("c.legal_status", of.among(), List.of(of.value().name()));
    }
    if (condition instanceof PersonCondition.ConsentGiven consent) {
      return consent(consent);
    }
    if (condition instanceof PersonCondition.RiskLevel risk) {
      return assessment(
          sql("f.level collate \"C\" " + risk.comparison().symbol() + " ?", risk.bound().name()));
    }
    if (condition instanceof PersonCondition.AssessmentValid) {
      return assessment(valid());
    }
    return fits((PersonCondition.Fits) condition);
  }

  private static Fact column(String column, boolean among, List<String> values) {
    return new Fact.Column(RuleSql.among(column, among, values), sql(column));
  }

  private static Fact assessment(Sql answer) {
    return new Fact.Row(sql("from assessment_in_force f where true"), answer, assessmentSeen());
  }

  private static Sql assessmentSeen() {
    return sql(
        "(select f.level || ',有效期至 ' || "
            + RuleSql.moment("f.expires_at")
            + " from assessment_in_force f where f.customer_id = c.id)");
  }

  private Sql valid() {
    return sql(
        "f.expires_at >= ? and f.assessed_at >= ?",
        Moment.stamp(moment.now()),
        Moment.stamp(moment.oldestAssessment()));
  }

  /** An expired grant is no word at all, but a refusal stands. */
  private Fact consent(PersonCondition.ConsentGiven consent) {
    Sql stored =
        sql(
            "from consent f where f.purpose = ? and f.channel = ?",
            consent.purpose().name(),
            consent.channel().name());
    return new Fact.Row(
        stored.with(
            sql(
                " and (f.state = 'REFUSED' or f.expires is null or f.expires > ?)",
                Moment.stamp(moment.now()))),
        sql("f.state = 'GRANTED'"),
        sql("(select case f.state when 'GRANTED' then '同意' else '拒绝' end || '(' || "
                + RuleSql.moment("f.at")
                + " || ')' || coalesce(',到期 ' || "
                + RuleSql.moment("f.expires")
                + ", '') ")
            .with(stored)
            .with(sql(" and f.customer_id = c.id)")));
  }

  private Fact fits(PersonCondition.Fits fits) {
    return moment
        .fitting(fits.product())
        .<Fact>map(
            names ->
                new Fact.Row(
                    sql(
                        "from assessment_in_force f join customer k on k.id = f.customer_id where"
                            + " true"),
                    sql("(" + Fitting.NAME, names.type())
                        .with(valid().enclosed())
                        .with(sql(") = any(?)", (Object) names.names().toArray(String[]::new))),
                    assessmentSeen()))
        .orElseGet(
            () ->
                new Fact.Row(sql("from assessment f where false"), sql("true"), assessmentSeen()));
  }
}
