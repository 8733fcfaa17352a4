package io.waymark.customer.rights;

import io.waymark.customer.CustomerClass;
import io.waymark.customer.CustomerNames;
import io.waymark.customer.CustomerRecord;
import io.waymark.customer.Customers;
import io.waymark.customer.IdentityStatements;
import io.waymark.customer.IdentityType;
import io.waymark.customer.LegalStatus;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Corrects name, birth date or an identity of a person when two people say so (个人信息保护法 art. 46).
 * Table {@code customer_correction}. The broker's master system must be corrected as well: its next
 * file says what holds.
 */
@Component
public class Corrections {

  private static final String SELECT =
      """
      select e.*, c.ref from customer_correction e join customer c on c.id = e.customer_id
      """;
  private static final String IDENTITY = "identity.";
  private static final int LONGEST = 254;

  private final JdbcClient jdbc;
  private final Customers customers;
  private final CustomerNames names;
  private final CustomerVault vault;
  private final EvidenceLog evidence;
  private final Clock clock;

  Corrections(
      JdbcClient jdbc,
      Customers customers,
      CustomerNames names,
      CustomerVault vault,
      EvidenceLog evidence,
      Clock clock) {
    this.jdbc = jdbc;
    this.customers = customers;
    this.names = names;
    this.vault = vault;
    this.evidence = evidence;
    this.clock = clock;
  }

  /**
   * Asks for a correction; nothing changes before another person confirms.
   *
   * @param field {@code name}, {@code birthDate} (as {@code 1990-01-31}) or {@code identity.<type>}
   * @return the request
   * @throws CorrectionRefusedException when the customer is unknown, the value cannot be, or the
   *     same is asked for already
   */
  @Transactional
  public long request(
      String ref, String field, String value, String reason, String actor, BranchScope scope) {
    check(field, value.strip());
    if (reason.isBlank() || reason.length() > 500) {
      throw new CorrectionRefusedException("reason", "请填写理由，不超过 500 字。");
    }
    // The record that was named, not the person: it is its data that is wrong.
    Long customerId =
        jdbc.sql(
                """
                select id from customer
                 where ref = ? and erased_at is null and (? or branch = any(?))
                """)
            .params(ref.strip(), scope.all(), scope.asArray())
            .query(Long.class)
            .optional()
            .orElseThrow(
                () -> new CorrectionRefusedException("customer", "找不到该客户，请检查客户号和您的营业部范围。"));
    return jdbc.sql(
            """
            insert into customer_correction
                   (customer_id, branch, field, value_sealed, masked, reason, requested_at,
                    requested_by, status)
            select id, branch, :field, :sealed, :masked, :reason, :now, :actor, 'requested'
              from customer where id = :id
            on conflict (customer_id, field) where status = 'requested' do nothing
            returning id
            """)
        .param("field", field)
        .param("sealed", vault.seal(customerId, value.strip()))
        .param("masked", masked(field, value.strip()))
        .param("reason", reason.strip())
        .param("now", Columns.timestamp(clock.instant()))
        .param("actor", actor)
        .param("id", customerId)
        .query(Long.class)
        .optional()
        .map(id -> proved(id, actor, scope))
        .orElseThrow(() -> new CorrectionRefusedException("field", "该项已有待确认的更正申请，请先处理那一份。"));
  }

  /**
   * Declines a request; the data stays.
   *
   * @throws CorrectionRefusedException when the same person asked, or it was decided before
   */
  @Transactional
  public void decline(long id, String actor, BranchScope scope) {
    decide(id, "declined", actor, scope);
    proved(id, actor, scope);
  }

  /**
   * Confirms a request and corrects the data in this transaction, through the checks of an import.
   *
   * @throws CorrectionRefusedException when the same person asked, it was decided before, or the
   *     data may not be so
   */
  @Transactional
  public void confirm(long id, String actor, BranchScope scope) {
    decide(id, "done", actor, scope);
    Correction correction = find(id, scope).orElseThrow();
    byte[] sealed =
        jdbc.sql("select value_sealed from customer_correction where id = ?")
            .param(id)
            .query(byte[].class)
            .single();
    CustomerRecord record = corrected(correction, vault.open(correction.customerId(), sealed));
    BatchReport report = customers.importAll(List.of(record), actor);
    if (!report.problems().isEmpty()) {
      throw new CorrectionRefusedException("value", report.problems().get(0).message());
    }
    proved(id, actor, scope);
  }

  /** One request, if its customer is within the scope. */
  public Optional<Correction> find(long id, BranchScope scope) {
    return jdbc.sql(SELECT + " where e.id = ? and (? or e.branch = any(?))")
        .params(id, scope.all(), scope.asArray())
        .query(Corrections::read)
        .optional();
  }

  /** Requests within the scope, those that wait first, then the newest. */
  public List<Correction> page(BranchScope scope, int offset, int limit) {
    return jdbc.sql(
            SELECT
                + " where ? or e.branch = any(?)"
                + " order by e.status <> 'requested', e.id desc offset ? limit ?")
        .params(scope.all(), scope.asArray(), offset, limit)
        .query(Corrections::read)
        .list();
  }

  private static void check(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new CorrectionRefusedException("value", "请填写更正后的内容，不超过 254 个字符。");
    }
    if (field.equals("birthDate")) {
      try {
        LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        throw new CorrectionRefusedException("value", "出生日期无法识别，请写成 1990-01-31。");
      }
    } else if (field.startsWith(IDENTITY)) {
      String problem = IdentityStatements.problem(field.substring(IDENTITY.length()), value);
      if (!problem.isEmpty()) {
        throw new CorrectionRefusedException("value", problem + "。");
      }
    } else if (!field.equals("name")) {
      throw new CorrectionRefusedException("field", "只能更正姓名、出生日期和标识，请选择其中一项。");
    }
  }

  private static String masked(String field, String value) {
    if (field.equals("name")) {
      return value.substring(0, value.offsetByCodePoints(0, 1)) + "*";
    }
    return field.startsWith(IDENTITY)
        ? IdentityType.find(field.substring(IDENTITY.length())).orElseThrow().masked(value)
        : value.substring(0, 4) + "-**-**";
  }

  /** The record as it stands, with the one field as it should be. */
  private CustomerRecord corrected(Correction correction, String value) {
    String field = correction.field();
    String name = field.equals("name") ? value : names.clear(correction.customerId());
    return jdbc.sql("select * from customer where id = ?")
        .param(correction.customerId())
        .query(
            (row, number) -> {
              Date born = row.getDate("birth_date");
              LocalDate known = born == null ? null : born.toLocalDate();
              return new CustomerRecord(
                  Objects.requireNonNull(row.getString("ref")),
                  name,
                  field.equals("birthDate") ? LocalDate.parse(value) : known,
                  Objects.requireNonNull(row.getString("branch")),
                  row.getString("advisor"),
                  CustomerClass.valueOf(row.getString("customer_class")),
                  LegalStatus.valueOf(row.getString("legal_status")),
                  field.startsWith(IDENTITY)
                      ? Map.of(field.substring(IDENTITY.length()), value)
                      : Map.of(),
                  Map.of());
            })
        .single();
  }

  private void decide(long id, String status, String actor, BranchScope scope) {
    int decided =
        jdbc.sql(
                """
                update customer_correction set status = ?, decided_at = ?, decided_by = ?
                 where id = ? and status = 'requested' and requested_by <> ?
                   and (? or branch = any(?))
                """)
            .params(
                status,
                Columns.timestamp(clock.instant()),
                actor,
                id,
                actor,
                scope.all(),
                scope.asArray())
            .update();
    if (decided == 0) {
      throw new CorrectionRefusedException("id", "不能处理：更正须由申请人以外的人员确认或驳回，且尚未处理过。");
    }
  }

  private long proved(long id, String actor, BranchScope scope) {
    Correction one = find(id, scope).orElseThrow();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.CORRECTION_DECIDED,
            "customer-correction:" + id,
            one.customerId(),
            one.branch(),
            actor,
            Map.of("status", one.status(), "field", one.field())));
    return id;
  }

  private static Correction read(ResultSet row, int number) throws SQLException {
    return new Correction(
        row.getLong("id"),
        row.getLong("customer_id"),
        Objects.requireNonNull(row.getString("ref")),
        Objects.requireNonNull(row.getString("branch")),
        Objects.requireNonNull(row.getString("field")),
        Objects.requireNonNull(row.getString("masked")),
        Objects.requireNonNull(row.getString("reason")),
        Columns.instant(row, "requested_at"),
        Objects.requireNonNull(row.getString("requested_by")),
        Objects.requireNonNull(row.getString("status")),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("decided_by"));
  }
}
