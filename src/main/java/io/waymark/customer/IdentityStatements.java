package io.waymark.customer;

import io.waymark.customer.identity.IdentityLinks;
import io.waymark.customer.identity.IdentityRule;
import io.waymark.customer.identity.RulesInForce;
import io.waymark.customer.identity.StatedIdentity;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblems;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.KeyedHash;
import io.waymark.platform.crypto.Sealable;
import io.waymark.platform.database.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Identities that systems other than the master one report, beside an event or by themselves: each
 * is added to what the customer has. A constant number of statements for any batch.
 */
@Component
public class IdentityStatements {

  private final CustomerLookup lookup;
  private final CustomerRows rows;
  private final IdentityLinks links;
  private final RulesInForce rules;
  private final CustomerVault vault;
  private final KeyedHash hashes;
  private final EvidenceLog evidence;
  private final JdbcClient jdbc;

  IdentityStatements(
      CustomerLookup lookup,
      CustomerRows rows,
      IdentityLinks links,
      RulesInForce rules,
      CustomerVault vault,
      KeyedHash hashes,
      EvidenceLog evidence,
      JdbcClient jdbc) {
    this.lookup = lookup;
    this.rows = rows;
    this.links = links;
    this.rules = rules;
    this.vault = vault;
    this.hashes = hashes;
    this.evidence = evidence;
    this.jdbc = jdbc;
  }

  private record Stated(IdentityStatement said, long customerId, Identity identity) {

    List<Object> place() {
      return List.of(customerId, identity.type());
    }
  }

  /**
   * Adds identities. Where a customer has as many of a type as the rules allow, the one stated
   * longest ago gives way; of a type that speaks for itself the statement is refused, because it
   * would make somebody else of the customer.
   *
   * @param actor username, {@code api:<key name>} or the source of the events
   */
  @Transactional
  public BatchReport state(List<IdentityStatement> statements, String actor) {
    RowProblems problems = new RowProblems();
    // As imports do: two batches would otherwise both miss what links their customers.
    rows.lockImports();
    List<Stated> sound = sound(statements, problems);
    Map<List<Object>, List<String>> held = held(sound);
    List<Stated> accepted = new ArrayList<>();
    List<String[]> gone = new ArrayList<>();
    int known = 0;
    for (Stated one : sound) {
      List<String> values = held.computeIfAbsent(one.place(), place -> new ArrayList<>());
      IdentityRule rule = rules.of(one.identity().type());
      if (values.contains(one.identity().key())) {
        known++;
      } else if (values.size() >= rule.most() && rule.strength() == IdentityRule.Strength.STRONG) {
        problems.refuse(
            one.said().position(),
            "identities." + one.said().type(),
            "too_many",
            "该客户已有 %d 个此类标识,达到身份识别规则的上限,请由主系统核对后更正".formatted(values.size()));
        continue;
      } else {
        if (values.size() >= rule.most()) {
          gone.add(new String[] {Long.toString(one.customerId()), values.remove(0)});
        }
        values.add(one.identity().key());
      }
      accepted.add(one);
    }
    write(accepted, gone);
    prove(accepted.size(), problems.all().size(), actor);
    return new BatchReport(accepted.size() - known, known, problems.all());
  }

  /** What is wrong with an identity as such, as a Chinese sentence; empty when nothing is. */
  public static String problem(String type, String value) {
    return IdentityType.find(type)
        .map(known -> Objects.requireNonNullElse(known.problem(known.normalise(value)), ""))
        .orElse("标识类型不存在,请使用接口说明中的代码");
  }

  private List<Stated> sound(List<IdentityStatement> statements, RowProblems problems) {
    Map<String, CustomerLookup.Known> customers =
        lookup.find(statements.stream().map(IdentityStatement::customer).distinct().toList());
    List<Stated> sound = new ArrayList<>();
    for (IdentityStatement one : statements) {
      CustomerLookup.Known known = customers.get(one.customer());
      String problem =
          RowProblems.unstorable(one.value()) || RowProblems.blank(one.value())
              ? "标识不能为空,也不能含有无法保存的字符"
              : problem(one.type(), one.value());
      if (known == null) {
        problems.unknownCustomer(one.position());
      } else if (!problem.isEmpty()) {
        problems.refuse(one.position(), "identities." + one.type(), "malformed", problem);
      } else {
        IdentityType type = IdentityType.find(one.type()).orElseThrow();
        sound.add(new Stated(one, known.id(), Identity.of(type, one.value(), hashes)));
      }
    }
    return sound;
  }

  /** Keys of what these customers have, by customer and type, the one stated longest ago first. */
  private Map<List<Object>, List<String>> held(List<Stated> sound) {
    Map<List<Object>, List<String>> held = new HashMap<>();
    jdbc.sql(
            """
            select customer_id, type, hash from customer_identity
             where customer_id = any(?) order by stated_at, position desc, hash
            """)
        .param(Columns.longs(sound, Stated::customerId))
        .query(
            row -> {
              IdentityType type = IdentityType.find(row.getString("type")).orElseThrow();
              held.computeIfAbsent(
                      List.of(row.getLong("customer_id"), type), place -> new ArrayList<>())
                  .add(Identity.key(type.code(), row.getBytes("hash")));
            });
    return held;
  }

  private void write(List<Stated> accepted, List<String[]> gone) {
    Map<List<Object>, Stated> once = new LinkedHashMap<>();
    Set<List<Object>> given = new HashSet<>();
    gone.forEach(one -> given.add(List.of(Long.parseLong(one[0]), one[1])));
    for (Stated one : accepted) {
      List<Object> key = List.of(one.customerId(), one.identity().key());
      if (!given.contains(key)) {
        once.put(key, one);
      }
    }
    remove(gone);
    if (once.isEmpty()) {
      return;
    }
    List<Stated> rowsToWrite = List.copyOf(once.values());
    List<byte[]> sealed =
        vault.sealAll(
            rowsToWrite.stream()
                .map(one -> new Sealable(one.customerId(), one.identity().value()))
                .toList());
    rows.addIdentities(
        IntStream.range(0, rowsToWrite.size())
            .mapToObj(
                i ->
                    new SealedIdentity(
                        rowsToWrite.get(i).customerId(),
                        rowsToWrite.get(i).identity(),
                        sealed.get(i),
                        0))
            .toList());
    links.note(
        rowsToWrite.stream()
            .map(
                one ->
                    new StatedIdentity(
                        one.customerId(), one.identity().type(), one.identity().hash()))
            .toList());
  }

  private void remove(List<String[]> gone) {
    if (gone.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            delete from customer_identity i
             using unnest(?::bigint[], ?::text[]) as g (customer_id, key)
             where i.customer_id = g.customer_id
               and i.type || ':' || encode(i.hash, 'hex') = g.key
            """)
        .params(Columns.texts(gone, one -> one[0]), Columns.texts(gone, one -> one[1]))
        .update();
  }

  private void prove(int accepted, int refused, String actor) {
    if (accepted + refused > 0) {
      evidence.append(
          new EvidenceEntry(
              EvidenceKind.IDENTITIES_STATED,
              "identities:" + UUID.randomUUID(),
              null,
              null,
              actor,
              Map.of("accepted", accepted, "refused", refused)));
    }
  }
}
