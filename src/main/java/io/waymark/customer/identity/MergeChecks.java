package io.waymark.customer.identity;

import io.waymark.customer.CustomerLocks;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether two persons may be made one, and which record goes on. */
@Component
class MergeChecks {

  private static final String ID_NUMBERS = "more:id_number";

  private final JdbcClient jdbc;
  private final CustomerLocks locks;
  private final PersonFactsReader reader;
  private final RulesInForce rules;

  MergeChecks(JdbcClient jdbc, CustomerLocks locks, PersonFactsReader reader, RulesInForce rules) {
    this.jdbc = jdbc;
    this.locks = locks;
    this.reader = reader;
    this.rules = rules;
  }

  void reason(String reason) {
    if (reason.isBlank() || reason.length() > 500) {
      throw new MergeRefusedException("请填写理由，不超过 500 字。");
    }
  }

  /** Two persons somebody may see, all their records locked. */
  List<PersonFacts> persons(String ref, String otherRef, BranchScope scope) {
    if (ref.equals(otherRef)) {
      throw new MergeRefusedException("两个客户号相同，请填写要合并的两个客户号。");
    }
    List<Long> ids =
        jdbc.sql(
                """
                select id from customer
                 where ref in (?, ?) and erased_at is null and (? or branch = any(?)) order by id
                """)
            .params(ref, otherRef, scope.all(), scope.asArray())
            .query(Long.class)
            .list();
    if (ids.size() < 2) {
      throw new MergeRefusedException("找不到其中的客户，请检查客户号和您的营业部范围。");
    }
    locks.lock(records(ids));
    List<PersonFacts> persons = reader.of(ids);
    if (persons.size() < 2) {
      throw new MergeRefusedException("这两个客户号已经合并为一人，无须再合并。");
    }
    if (!persons.stream().allMatch(one -> scope.covers(one.survivor().branch()))) {
      throw new MergeRefusedException("其中一个客户已并入您营业部范围之外的客户，请由能查看双方的人员处理。");
    }
    Set<String> found =
        Set.copyOf(
            IdentityJudge.contradictions(rules.now().value(), persons.get(0), persons.get(1)));
    if (found.contains("born")) {
      throw new MergeRefusedException("两个客户的出生日期不同，不能认定为同一人；请先核对客户资料。");
    }
    if (found.contains(ID_NUMBERS)) {
      throw new MergeRefusedException("两个客户的身份证号码不同，不能认定为同一人；请先核对客户资料。");
    }
    return persons;
  }

  /** Who survives. */
  MergePair pair(List<PersonFacts> persons) {
    List<PersonFacts> ordered =
        persons.stream().sorted(IdentityJudge.survivorFirst(rules.now().value())).toList();
    return new MergePair(
        ordered.get(0).id(), ordered.get(1).id(), ordered.get(0).survivor().branch());
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

  /** Every record of the person both belong to. */
  List<Long> records(MergePair pair) {
    return records(List.of(pair.survivorId(), pair.absorbedId()));
  }

  /** A merge is taken back before those that came upon it. */
  void last(MergePair pair) {
    jdbc.sql(
            """
            select s.ref from customer c join customer s on s.id = c.merged_into where c.id = ?
            """)
        .param(pair.survivorId())
        .query(String.class)
        .optional()
        .ifPresent(
            ref -> {
              throw new MergeRefusedException("保留的客户号后来又并入了 %s，请先撤销那一次合并。".formatted(ref));
            });
  }

  private List<Long> records(List<Long> ids) {
    return jdbc.sql(
            """
            select record from person_record
             where person in (select coalesce(merged_into, id) from customer where id = any(?))
             order by record
            """)
        .param(Columns.longs(ids))
        .query(Long.class)
        .list();
  }
}
