package io.waymark.segment;

import static io.waymark.segment.Sql.sql;

/** Where the answer to a condition stands, and how SQL reads it for the customer row {@code c}. */
sealed interface Fact {

  /** A boolean; null is unknown. */
  Sql truth();

  /** True where {@link #truth} is the wanted value; false where it is the other or unknown. */
  Sql selecting(boolean wanted);

  /** A column of the customer itself. */
  record Column(Sql answer) implements Fact {
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
  record Row(Sql source, Sql answer) implements Fact {
    @Override
    public Sql truth() {
      return sql("(select ")
          .with(answer)
          .with(sql(" "))
          .with(source)
          .with(sql(" and f.customer_id = c.id)"));
    }

    @Override
    public Sql selecting(boolean wanted) {
      return sql("exists (select 1 ")
          .with(source)
          .with(sql(" and f.customer_id = c.id and " + (wanted ? "" : "not ")))
          .with(answer.enclosed())
          .with(sql(")"));
    }
  }

  /** Any number of rows per customer; one means yes, none means no. */
  record Presence(Sql source) implements Fact {
    @Override
    public Sql truth() {
      return sql("exists (select 1 ").with(source).with(sql(" and f.customer_id = c.id)"));
    }

    @Override
    public Sql selecting(boolean wanted) {
      return wanted ? truth() : sql("not ").with(truth());
    }
  }

  /** Any number of rows per customer, which are counted. */
  record Count(Sql source, Comparison comparison, int bound) implements Fact {
    @Override
    public Sql truth() {
      if (presence()) {
        return present(comparison.holds(Integer.compare(1, bound)));
      }
      return sql("((select count(*) ")
          .with(source)
          .with(sql(" and f.customer_id = c.id) " + comparison.symbol() + " ?)", bound));
    }

    /** Customers without a row are in no group, so the side that zero is not on is asked for. */
    @Override
    public Sql selecting(boolean wanted) {
      if (presence()) {
        return present(comparison.holds(Integer.compare(1, bound)) == wanted);
      }
      boolean zeroHolds = comparison.holds(Integer.compare(0, bound));
      return sql((zeroHolds == wanted ? "not " : "")
              + "exists (select 1 from (select f.customer_id ")
          .with(source)
          .with(
              sql(
                  " group by f.customer_id having "
                      + (zeroHolds ? "not " : "")
                      + "(count(*) "
                      + comparison.symbol()
                      + " ?)) g where g.customer_id = c.id)",
                  bound));
    }

    /**
     * Whether only "none or some" is asked: {@code >= 1}, {@code = 0}, {@code < 1}, {@code > 0}, …
     */
    private boolean presence() {
      return switch (comparison) {
        case AT_LEAST, BELOW -> bound == 1;
        case ABOVE, AT_MOST, EQUAL, UNEQUAL -> bound == 0;
      };
    }

    private Sql present(boolean some) {
      return new Presence(source).selecting(some);
    }
  }
}
