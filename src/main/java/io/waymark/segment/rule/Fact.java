package io.waymark.segment.rule;

import static io.waymark.segment.rule.Sql.sql;

/** Where the answer to a condition stands, and how SQL reads it for the customer row {@code c}. */
sealed interface Fact {

  /** A boolean; null is unknown. */
  Sql truth();

  /** True where {@link #truth} is the wanted value; false where it is the other or unknown. */
  Sql selecting(boolean wanted);

  /** What stands there, as a text for people; null when nothing does. */
  Sql seen();

  /** A column of the customer itself. */
  record Column(Sql answer, Sql seen) implements Fact {
    @Override
    public Sql truth() {
      return answer.enclosed();
    }

    @Override
    public Sql selecting(boolean wanted) {
      return wanted ? truth() : sql("not ").with(truth());
    }
  }

  /**
   * At most one row per customer; no row means unknown.
   *
   * @param source {@code from … f where …}, without the customer
   * @param answer boolean about that row
   */
  record Row(Sql source, Sql answer, Sql seen) implements Fact {
    @Override
    public Sql truth() {
      return sql("(select ").with(answer).with(sql(" ")).with(of(source)).with(sql(")"));
    }

    @Override
    public Sql selecting(boolean wanted) {
      return sql("exists (select 1 ")
          .with(of(source))
          .with(sql(wanted ? " and " : " and not "))
          .with(answer.enclosed())
          .with(sql(")"));
    }
  }

  /** Any number of rows per customer; one means yes, none means no. */
  record Presence(Sql source, Sql seen) implements Fact {
    @Override
    public Sql truth() {
      return sql("exists (select 1 ").with(of(source)).with(sql(")"));
    }

    @Override
    public Sql selecting(boolean wanted) {
      return wanted ? truth() : sql("not ").with(truth());
    }
  }

  /**
   * Any number of rows per customer, of which something is computed.
   *
   * @param answer boolean made of aggregates; null is unknown
   * @param none the answer for a customer without a row
   */
  record Computed(Sql source, Sql answer, Truth none, Sql seen) implements Fact {
    @Override
    public Sql truth() {
      String otherwise =
          switch (none) {
            case YES -> "true";
            case NO -> "false";
            case UNKNOWN -> "null";
          };
      return sql("(select case when count(*) = 0 then " + otherwise + " else ")
          .with(answer)
          .with(sql(" end "))
          .with(of(source))
          .with(sql(")"));
    }

    /** Customers without a row are in no group, so the side that they are not on is asked for. */
    @Override
    public Sql selecting(boolean wanted) {
      boolean noneToo = none == (wanted ? Truth.YES : Truth.NO);
      return sql((noneToo ? "not " : "") + "exists (select 1 from (select f.customer_id ")
          .with(source)
          .with(sql(" group by f.customer_id having "))
          .with(answer.enclosed())
          .with(sql((noneToo ? " is not " : " is ") + wanted + ") g where g.customer_id = c.id)"));
    }
  }

  private static Sql of(Sql source) {
    return source.with(sql(" and f.customer_id = c.id"));
  }
}
