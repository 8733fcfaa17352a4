package io.waymark.customer.identity;

import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether two records may be made one, and which of them goes on. */
@Component
class MergeChecks {

  private final JdbcClient jdbc;

  MergeChecks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void reason(String reason) {
    if (reason.isBlank() || reason.length() > 500) {
      throw new MergeRefusedException("请填写理由，不超过 500 字。");
    }
  }

  /** The ids of two records that somebody may see. */
  List<Long> records(String ref, String otherRef, BranchScope scope) {
    if (ref.equals(otherRef)) {
      throw new MergeRefusedException("两个客户号相同，请填写要合并的两个客户号。");
    }
    List<Long> ids =
        jdbc.sql(
                """
                select id from customer where ref in (?, ?) and erased_at is null and (? or branch = any(?)) order by id
                """)
            .params(ref, otherRef, scope.all(), scope.asArray())
            .query(Long.class)
            .list();
    if (ids.size() < 2) {
      throw new MergeRefusedException("找不到其中的客户，请检查客户号和您的营业部范围。");
    }
    return ids;
  }

  /** Who survives, read after both customers were locked. */
  MergePair pair(Collection<Long> ids, BranchScope scope) {
    List<Candidate> candidates = candidates(ids);
    Candidate first = candidates.get(0);
    Candidate second = candidates.get(1);
    if (first.merged() || second.merged()) {
      throw new MergeRefusedException("其中一个客户号已经合并到另一客户，请先撤销原合并，或用合并后的客户号。");
    }
    if (second.absorbs()) {
      throw new MergeRefusedException("两个客户都已合并过其他客户号，请先撤销其中一方的合并。");
    }
    if (first.born() != null && second.born() != null && !first.born().equals(second.born())) {
      throw new MergeRefusedException("两个客户的出生日期不同，不能认定为同一人；请先核对客户资料。");
    }
    return new MergePair(first.id(), second.id(), first.branch());
  }

  /** The two records of a merge that somebody may see and that has not been taken back. */
  MergePair standing(long mergeId, BranchScope scope) {
    return jdbc.sql(
            """
            select m.survivor_id, m.absorbed_id, s.branch
              from customer_merge m join customer s on s.id = m.survivor_id
             where m.id = ? and m.undone_at is null and (? or s.branch = any(?))
            """)
        .params(mergeId, scope.all(), scope.asArray())
        .query(
            (row, number) ->
                new MergePair(
                    row.getLong("survivor_id"),
                    row.getLong("absorbed_id"),
                    row.getString("branch")))
        .optional()
        .orElseThrow(() -> new MergeRefusedException("找不到该合并，或它已被撤销，请刷新页面。"));
  }

  private List<Candidate> candidates(Collection<Long> ids) {
    return jdbc
        .sql(
            """
            select c.id, c.branch, c.birth_date, c.merged_into is not null as merged,
                   exists (select from customer a where a.merged_into = c.id) as absorbs,
                   exists (select from customer_identity i
                            where i.customer_id = c.id and i.type = 'fund_account') as account
              from customer c where c.id = any(?)
            """)
        .param(Columns.longs(ids))
        .query(Candidate::read)
        .list()
        .stream()
        .sorted(
            Comparator.comparing(Candidate::absorbs)
                .thenComparing(Candidate::account)
                .reversed()
                .thenComparing(Candidate::id))
        .toList();
  }

  private record Candidate(
      long id,
      String branch,
      @Nullable Date born,
      boolean merged,
      boolean absorbs,
      boolean account) {

    static Candidate read(ResultSet row, int number) throws SQLException {
      return new Candidate(
          row.getLong("id"),
          Objects.requireNonNull(row.getString("branch")),
          row.getDate("birth_date"),
          row.getBoolean("merged"),
          row.getBoolean("absorbs"),
          row.getBoolean("account"));
    }
  }
}
