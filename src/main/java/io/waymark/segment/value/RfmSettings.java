package io.waymark.segment.value;

import java.util.List;

/**
 * How RFM is computed (requirement D11).
 *
 * @param days length of the window that ends at the computation
 * @param bins how many groups of equal size, 2 to 9; 5 for quintiles
 * @param events types of events that count as purchases
 * @param amount property of these events that holds what was paid, in yuan
 */
public record RfmSettings(int days, int bins, List<String> events, String amount) {

  public RfmSettings {
    events = List.copyOf(events);
  }
}
