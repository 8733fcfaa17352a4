package io.waymark.platform.staff;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The broker's branches. */
@Component
public class Branches {

  private final JdbcClient jdbc;

  Branches(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All branches, by code. */
  public List<Branch> all() {
    return jdbc.sql("select code, name from branch order by code")
        .query((row, number) -> new Branch(row.getString("code"), row.getString("name")))
        .list();
  }

  public boolean exists(String code) {
    return jdbc.sql("select exists (select from branch where code = ?)")
        .param(code)
        .query(Boolean.class)
        .single();
  }

  /** Adds branches and renames known ones; none is removed, because rows of customers name them. */
  @Transactional
  public void saveAll(List<Branch> branches) {
    jdbc.sql(
            """
            insert into branch (code, name)
            select code, name from unnest(?::text[], ?::text[]) as given (code, name) order by code
            on conflict (code) do update set name = excluded.name
            """)
        .params(
            branches.stream().map(Branch::code).toArray(String[]::new),
            branches.stream().map(Branch::name).toArray(String[]::new))
        .update();
  }
}
