package io.waymark.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The rule packs and the day each comes into force. */
@Component
public class RulePacks {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private record Ready(RulePack pack, CompiledPack compiled) {}

  private final List<Ready> packs;

  public RulePacks() {
    List<Ready> read = new ArrayList<>();
    for (Resource file : files()) {
      RulePack pack = RulePackReader.read(text(file));
      read.add(new Ready(pack, new CompiledPack(pack)));
    }
    read.sort(Comparator.comparing(ready -> ready.pack().effectiveFrom()));
    if (read.isEmpty()) {
      throw new RulePackException("没有找到任何营销内容规则库, 请检查安装包是否完整。");
    }
    packs = List.copyOf(read);
  }

  /**
   * The pack in force: the latest whose first day has come, and before the first of all packs the
   * earliest, because a text is never scanned with no rules.
   */
  public RulePack active(Instant at) {
    return ready(at).pack();
  }

  /** Every pack, earliest first. */
  public List<RulePack> all() {
    return packs.stream().map(Ready::pack).toList();
  }

  ScanReport scan(String text, Instant at) {
    Ready ready = ready(at);
    return new ScanReport(
        ready.pack().version(), ready.compiled().scan(text, LocalDate.ofInstant(at, ZONE)));
  }

  private Ready ready(Instant at) {
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
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
