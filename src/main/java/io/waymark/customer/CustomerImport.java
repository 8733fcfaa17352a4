package io.waymark.customer;

import io.waymark.customer.identity.IdentityLinks;
import io.waymark.customer.identity.RulesInForce;
import io.waymark.customer.tag.CustomerTags;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.BatchReport;
import io.waymark.platform.RowProblem;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.KeyedHash;
import io.waymark.platform.crypto.Sealable;
import io.waymark.platform.staff.Branch;
import io.waymark.platform.staff.Branches;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a batch of customers in: checks every row, then writes the good ones in a number of
 * statements that does not grow with the batch.
 */
@Component
class CustomerImport {

  private final CustomerRows rows;
  private final CustomerTags tags;
  private final IdentityLinks links;
  private final RulesInForce rules;
  private final TagRegistry registry;
  private final Branches branches;
  private final CustomerVault vault;
  private final KeyedHash hashes;
  private final EvidenceLog evidence;
  private final Clock clock;

  CustomerImport(
      CustomerRows rows,
      CustomerTags tags,
      IdentityLinks links,
      RulesInForce rules,
      TagRegistry registry,
      Branches branches,
      CustomerVault vault,
      KeyedHash hashes,
      EvidenceLog evidence,
      Clock clock) {
    this.rows = rows;
    this.tags = tags;
    this.links = links;
    this.rules = rules;
    this.registry = registry;
    this.branches = branches;
    this.vault = vault;
    this.hashes = hashes;
    this.evidence = evidence;
    this.clock = clock;
  }

  @Transactional
  BatchReport run(List<CustomerRecord> records, String actor) {
    // Two imports would otherwise both find a new ref absent, or miss what links their customers.
    rows.lockImports();
    Set<String> knownBranches =
        branches.all().stream().map(Branch::code).collect(Collectors.toSet());
    ImportChecks checks =
        new ImportChecks(knownBranches, LocalDate.now(clock), hashes, rules, registry.byCode());
    List<ImportRow> sound = checks.sound(records);
    Map<String, StoredCustomer> stored = rows.stored(sound.stream().map(ImportRow::ref).toList());
    Map<Long, String> names = vault.openAll(sealedNames(stored));
    List<ImportRow> accepted = checks.compatible(sound, stored, names.keySet());
    write(accepted, stored, names, actor);
    List<RowProblem> problems = checks.problems();
    prove(accepted, stored, problems.size(), actor);
    return new BatchReport(accepted.size(), 0, problems);
  }

  private static Map<Long, byte[]> sealedNames(Map<String, StoredCustomer> stored) {
    return stored.values().stream()
        .collect(Collectors.toMap(StoredCustomer::id, StoredCustomer::sealedName));
  }

  private void write(
      List<ImportRow> accepted,
      Map<String, StoredCustomer> stored,
      Map<Long, String> names,
      String actor) {
    if (accepted.isEmpty()) {
      return;
    }
    List<CustomerWrite> writes = seal(drafts(accepted, stored, names));
    rows.upsert(writes);
    rows.upsertIdentities(writes);
    links.note(
        writes.stream()
            .flatMap(write -> write.identities().stream())
            .map(SealedIdentity::stated)
            .toList());
    tags.setAll(writes.stream().flatMap(write -> write.tags().stream()).toList(), actor);
    rows.move(writes.stream().filter(CustomerWrite::moved).toList());
  }

  private List<CustomerDraft> drafts(
      List<ImportRow> accepted, Map<String, StoredCustomer> stored, Map<Long, String> names) {
    long fresh = accepted.stream().filter(row -> !stored.containsKey(row.ref())).count();
    Iterator<Long> ids = rows.newIds(fresh).iterator();
    return accepted.stream()
        .map(
            row -> {
              StoredCustomer before = stored.get(row.ref());
              return before == null
                  ? new CustomerDraft(ids.next(), row, null, null)
                  : new CustomerDraft(before.id(), row, before, names.get(before.id()));
            })
        .toList();
  }

  private List<CustomerWrite> seal(List<CustomerDraft> drafts) {
    List<Sealable> texts = drafts.stream().flatMap(draft -> draft.toSeal().stream()).toList();
    Iterator<byte[]> sealed = vault.sealAll(texts).iterator();
    return drafts.stream().map(draft -> draft.sealedWith(sealed)).toList();
  }

  private void prove(
      List<ImportRow> accepted, Map<String, StoredCustomer> stored, int refused, String actor) {
    long known = accepted.stream().filter(row -> stored.containsKey(row.ref())).count();
    evidence.append(
        new EvidenceEntry(
            EvidenceKind.CUSTOMER_IMPORTED,
            "customer-import:" + UUID.randomUUID(),
            null,
            null,
            actor,
            Map.of(
                "accepted",
                accepted.size(),
                "created",
                accepted.size() - known,
                "known",
                known,
                "refused",
                refused)));
  }
}
