package io.waymark.compliance.watch;

import io.waymark.compliance.PackScanner;
import io.waymark.compliance.RulePackException;
import io.waymark.compliance.RulePacks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The few packs that background work reads with, made ready once. */
@Component
class PackScanners {

  private static final int KEPT = 4;

  private final RulePacks packs;
  private final Map<String, PackScanner> ready = new LinkedHashMap<>();

  PackScanners(RulePacks packs) {
    this.packs = packs;
  }

  /** The scanner of a pack as it is stored now; empty when there is no such pack any more. */
  synchronized Optional<PackScanner> of(String version) {
    return packs
        .source(version)
        .map(
            source -> {
              PackScanner known = ready.get(version);
              if (known == null || !known.isOf(source)) {
                known = PackScanner.of(source);
                ready.put(version, known);
                if (ready.size() > KEPT) {
                  ready.remove(ready.keySet().iterator().next());
                }
              }
              return known;
            });
  }

  /**
   * The scanner of exactly this content.
   *
   * @throws RulePackException when the pack was changed since
   */
  PackScanner of(String version, String hash) {
    return of(version)
        .filter(scanner -> scanner.pack().hash().equals(hash))
        .orElseThrow(() -> new RulePackException("规则库 %s 已被修改, 请重新试运行。".formatted(version)));
  }
}
