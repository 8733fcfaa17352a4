package io.waymark.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Packs made ready to read, in the order they come into force. Immutable: readers never wait. */
final class PackShelf {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private record Ready(RulePack pack, String source, CompiledPack compiled) {}

  private final List<Ready> packs;

  private PackShelf(List<Ready> packs) {
    this.packs = packs;
  }

  /** The packs that come with the software. */
  static PackShelf shipped() {
    List<Ready> packs = new ArrayList<>();
    for (Resource file : files()) {
      packs.add(ready(text(file)));
    }
    if (packs.isEmpty()) {
      throw new RulePackException("没有找到任何营销内容规则库, 请检查安装包是否完整。");
    }
    packs.sort(Comparator.comparing(ready -> ready.pack().effectiveFrom()));
    return new PackShelf(List.copyOf(packs));
  }

  /** This shelf with more packs; those already on it (same hash) are not made ready again. */
  PackShelf with(List<String> more) {
    Map<String, Ready> byHash = new HashMap<>();
    packs.forEach(ready -> byHash.put(ready.pack().hash(), ready));
    more.forEach(yaml -> byHash.computeIfAbsent(RulePackReader.hash(yaml), hash -> ready(yaml)));
    return new PackShelf(
        byHash.values().stream()
            .sorted(
                Comparator.comparing((Ready ready) -> ready.pack().effectiveFrom())
                    .thenComparing(ready -> ready.pack().version()))
            .toList());
  }

  private static Ready ready(String yaml) {
    RulePack pack = RulePackReader.read(yaml);
    return new Ready(pack, yaml, new CompiledPack(pack));
  }

  RulePack active(Instant at) {
    return at(at).pack();
  }

  List<RulePack> all() {
    return packs.stream().map(Ready::pack).toList();
  }

  /** The file of a pack on this shelf. */
  Optional<String> source(String version) {
    return packs.stream()
        .filter(ready -> ready.pack().version().equals(version))
        .map(Ready::source)
        .findFirst();
  }

  ScanReport scan(String text, Instant at) {
    Ready ready = at(at);
    return new ScanReport(
        ready.pack().version(), ready.compiled().scan(text, LocalDate.ofInstant(at, ZONE)));
  }

  private Ready at(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZONE);
    Ready active = packs.get(0);
    for (Ready ready : packs) {
      if (!day.isBefore(ready.pack().effectiveFrom())) {
        active = ready;
      }
    }
    return active;
  }

  private static Resource[] files() {
    try {
      return new PathMatchingResourcePatternResolver()
          .getResources("classpath*:compliance/rule-pack-*.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException("rule packs cannot be listed", e);
    }
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
