package io.waymark.compliance;

import java.time.LocalDate;

/**
 * One pack made ready to read texts, in force or not: what a draft would find. Making it costs
 * tenths of a second; it may be shared between threads.
 */
public final class PackScanner {

  private final RulePack pack;
  private final CompiledPack compiled;

  private PackScanner(RulePack pack) {
    this.pack = pack;
    compiled = new CompiledPack(pack);
  }

  /**
   * Reads a pack file.
   *
   * @throws RulePackException naming what could not be applied
   */
  public static PackScanner of(String yaml) {
    return new PackScanner(RulePackReader.read(yaml));
  }

  /** Whether it was made of this file. */
  public boolean isOf(String yaml) {
    return pack.hash().equals(RulePackReader.hash(yaml));
  }

  /** The pack it reads with. */
  public RulePack pack() {
    return pack;
  }

  /**
   * Scans as on a day.
   *
   * @param day in Asia/Shanghai; rules outside their own dates are silent
   */
  public ScanReport scan(String text, LocalDate day) {
    return new ScanReport(pack.version(), compiled.scan(text, day));
  }
}
