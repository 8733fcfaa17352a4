package io.waymark.advisor.campaign;

import io.waymark.advisor.TaskRefusedException;
import java.util.Locale;
import java.util.stream.Stream;

/** On which days customers of a campaign are given to advisors. */
public enum CampaignDays {
  /** When the exchange trades. */
  TRADING,
  /** When staff work, make-up weekends (调休) included. */
  WORKING;

  /** The word used in tables and forms. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a code as written by {@link #code()}.
   *
   * @throws TaskRefusedException when there is none
   */
  public static CampaignDays of(String code) {
    return Stream.of(values())
        .filter(one -> one.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new TaskRefusedException("days", "请选择按交易日还是按工作日下发。"));
  }
}
