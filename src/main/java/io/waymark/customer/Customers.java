package io.waymark.customer;

import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.database.Columns;
import io.waymark.platform.staff.BranchScope;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The customers: taken in from the broker's master system, found by what others call them. */
@Component
public class Customers {

  private final CustomerImport intake;
  private final CustomerLookup lookup;
  private final CustomerProfiles profiles;
  private final JdbcClient jdbc;

  Customers(
      CustomerImport intake, CustomerLookup lookup, CustomerProfiles profiles, JdbcClient jdbc) {
    this.intake = intake;
    this.lookup = lookup;
    this.profiles = profiles;
    this.jdbc = jdbc;
  }

  /**
   * Creates and changes customers by ref, in one transaction; good rows are kept, bad rows named
   * (duplicates are bad rows). Identities and tags that a row leaves out stay as they are; every
   * other field is replaced.
   *
   * @param actor username, {@code api:<key name>} or {@code system}
   */
  @Transactional
  public BatchReport importAll(List<CustomerRecord> records, String actor) {
    return intake.run(records, actor);
  }

  /** As {@link #importAll}, with positions and problems those of the file. */
  @Transactional
  public BatchReport importFile(CustomerFile file, String actor) {
    BatchReport report = importAll(file.rows(), actor);
    List<RowProblem> problems =
        Stream.concat(
                file.problems().stream(),
                report.problems().stream().map(problem -> inFile(problem, file)))
            .sorted(Comparator.comparingInt(RowProblem::position))
            .toList();
    return new BatchReport(report.accepted(), report.duplicates(), problems);
  }

  private static RowProblem inFile(RowProblem problem, CustomerFile file) {
    int position = file.positions().get(problem.position() - 1);
    return new RowProblem(position, problem.field(), problem.code(), problem.message());
  }

  /** One customer, if known and within the scope. */
  public Optional<CustomerProfile> find(String refOrIdentity, BranchScope scope) {
    return Optional.ofNullable(lookup.find(List.of(refOrIdentity)).get(refOrIdentity))
        .filter(known -> scope.covers(known.branch()))
        .flatMap(known -> profiles.read(List.of(known.id())).stream().findFirst());
  }

  /** The id of one customer, if known and within the scope; opens nothing and is one statement. */
  public Optional<Long> idOf(String refOrIdentity, BranchScope scope) {
    return Optional.ofNullable(lookup.find(List.of(refOrIdentity)).get(refOrIdentity))
        .filter(known -> scope.covers(known.branch()))
        .map(known -> known.id());
  }

  /** The customers of these ids as screens may show them, by ref; unknown ids are absent. */
  public List<CustomerProfile> profiles(Collection<Long> ids) {
    return profiles.read(ids);
  }

  /** Ids by name as given; unknown names are absent. One statement. */
  public Map<String, Long> idsOf(Collection<String> refsOrIdentities) {
    return lookup.find(refsOrIdentities).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, known -> known.getValue().id()));
  }

  /**
   * Everybody who states these identities ({@code type:value}), by name as given; unknown ones are
   * absent. Who is meant by a refusal from a shared number: all of them. One statement.
   */
  public Map<String, Set<Long>> holdersOf(Collection<String> identities) {
    return lookup.holders(identities);
  }

  /** Refs by id; unknown ids are absent. One statement. */
  public Map<Long, String> refsOf(Collection<Long> ids) {
    Map<Long, String> refs = new HashMap<>();
    jdbc.sql("select id, ref from customer where id = any(?)")
        .param(Columns.longs(ids))
        .query(
            row -> {
              refs.put(row.getLong("id"), row.getString("ref"));
            });
    return refs;
  }

  /** Customers within the scope, by ref. */
  public List<CustomerProfile> page(
      CustomerFilter filter, BranchScope scope, int offset, int limit) {
    return profiles.page(filter, scope, offset, limit);
  }

  /** How many customers {@link #page} would list in all. */
  public long count(CustomerFilter filter, BranchScope scope) {
    return profiles.count(filter, scope);
  }
}
