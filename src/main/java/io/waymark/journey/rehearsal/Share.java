package io.waymark.journey.rehearsal;

/**
 * A share found in a random sample, with the interval that holds the audience's own share nineteen
 * times of twenty (Wilson's score interval; it stays between 0 and 1 and holds for small counts).
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
public record Share(double share, double low, double high) {

  private static final double Z = 1.959964;

  /**
   * The share of {@code count} among {@code sample}.
   *
   * @throws IllegalArgumentException when the sample is empty or smaller than the count
   */
  public static Share of(long count, long sample) {
    if (sample <= 0 || count < 0 || count > sample) {
      throw new IllegalArgumentException(count + " of " + sample);
    }
    double p = (double) count / sample;
    double z2 = Z * Z / sample;
    double middle = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / sample + z2 / (4 * sample)) / (1 + z2);
    return new Share(p, Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
