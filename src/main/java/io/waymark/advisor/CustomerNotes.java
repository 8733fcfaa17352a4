package io.waymark.advisor;

import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.ErasedException;
import io.waymark.platform.staff.BranchScope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What advisors note about a customer apart from any task. Owns {@code customer_note}: sealed with
 * the customer's key, kept for five years. Only who cares for the customer reads and writes them:
 * the customer's own advisor, who holds an open task about him, and a team leader of his branch.
 */
@Component
public class CustomerNotes {

  /** Most characters of one note. */
  public static final int LONGEST = 1000;

  private static final int KEPT_YEARS = 5;

  private static final String CARES =
      """
      exists (select 1 from advisor a join staff s on s.username = a.username
              where a.username = :me and s.enabled and s.role = 'advisor'
                and (c.advisor = a.username
                     or a.leader and (a.branch = c.branch or s.all_branches)
                     or exists (select 1 from advisor_task t
                                where t.customer_id = c.id and t.assignee = a.username
                                  and t.status = 'open')))
      """;

  private final JdbcClient jdbc;
  private final CustomerVault vault;
  private final Clock clock;

  CustomerNotes(JdbcClient jdbc, CustomerVault vault, Clock clock) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.clock = clock;
  }

  /** One note, opened. */
  public record Note(String author, Instant at, String text) {}

  private record Sealed(String author, Instant at, byte[] note) {}

  /** Whether this person cares for the customer, within the scope. */
  public boolean cares(long customer, String me, BranchScope scope) {
    return jdbc.sql(
            "select exists (select 1 from customer c where c.id = :customer"
                + " and (:everywhere or c.branch = any(:branches)) and "
                + CARES
                + ")")
        .param("customer", customer)
        .param("me", me)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(Boolean.class)
        .single();
  }

  /**
   * Notes something.
   *
   * @throws TaskRefusedException when the person does not care for the customer, the note is empty
   *     or too long, or the customer was erased
   */
  @Transactional
  public void write(long customer, String text, String me, BranchScope scope) {
    String note = text.strip();
    if (note.isEmpty() || note.length() > LONGEST) {
      throw new TaskRefusedException("note", "请填写笔记,最多 %d 字。".formatted(LONGEST));
    }
    int written =
        jdbc.sql(
                """
                insert into customer_note (customer_id, branch, author, written_at, note)
                select c.id, c.branch, :me, :now, :note from customer c
                where c.id = :customer and (:everywhere or c.branch = any(:branches)) and
                """
                    + CARES)
            .param("me", me)
            .param("now", TaskTable.at(clock.instant()))
            .param("note", sealed(customer, note))
            .param("customer", customer)
            .param("everywhere", scope.all())
            .param("branches", scope.asArray())
            .update();
    if (written != 1) {
      throw new TaskRefusedException("not_yours", "只有客户的专属投顾、待办任务的负责人或本营业部主管可以记笔记。");
    }
  }

  private byte[] sealed(long customer, String note) {
    try {
      return vault.seal(customer, note);
    } catch (ErasedException erased) {
      throw new TaskRefusedException("erased", "该客户的个人信息已删除,不能再记笔记。");
    }
  }

  /** The latest notes, newest first; none for who does not care for the customer. */
  public List<Note> of(long customer, String me, BranchScope scope, int most) {
    return jdbc
        .sql(
            """
            select n.author, n.written_at as at, n.note
            from customer_note n join customer c on c.id = n.customer_id
            where n.customer_id = :customer and (:everywhere or c.branch = any(:branches)) and
            """
                + CARES
                + " order by n.written_at desc, n.id desc limit :most")
        .param("customer", customer)
        .param("me", me)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .param("most", most)
        .query(
            (row, number) ->
                new Sealed(
                    row.getString("author"),
                    row.getTimestamp("at").toInstant(),
                    row.getBytes("note")))
        .list()
        .stream()
        .map(one -> opened(customer, one))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Note> opened(long customer, Sealed one) {
    return Optional.ofNullable(vault.openAll(Map.of(customer, one.note())).get(customer))
        .map(text -> new Note(one.author(), one.at(), text));
  }

  /** Forgets what is older than five years. */
  @Scheduled(cron = "0 56 3 * * *", zone = "Asia/Shanghai")
  void forget() {
    jdbc.sql("delete from customer_note where written_at < :before")
        .param("before", TaskTable.at(clock.instant()).minusYears(KEPT_YEARS))
        .update();
  }
}
