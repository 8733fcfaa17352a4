package io.waymark.segment.posting;

import java.io.ByteArrayOutputStream;

/**
 * How often each customer did something on one day, packed: the difference to the customer before
 * and, when it was more than once, the count, each as a variable-length number.
 */
final class DayCounts {

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 16);
  private int last;
  private int customers;

  /** Adds a customer; ids must rise. */
  void add(int customer, long count) {
    if (customer <= last || count < 1) {
      throw new IllegalArgumentException("customers must rise from 1 and have done something");
    }
    long step = customer - (long) last;
    write(step << 1 | (count > 1 ? 1 : 0));
    if (count > 1) {
      write(Math.min(count, Integer.MAX_VALUE));
    }
    last = customer;
    customers++;
  }

  int customers() {
    return customers;
  }

  byte[] packed() {
    return packed.toByteArray();
  }

  private void write(long value) {
    long left = value;
    while (left > 0x7f) {
      packed.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    packed.write((int) left);
  }

  /**
   * Adds the counts of a packed day to those of each customer.
   *
   * @param counts by customer id; who has no place in it is left out, sums stop at the largest
   */
  static void addTo(int[] counts, byte[] packed) {
    int at = 0;
    int customer = 0;
    while (at < packed.length) {
      long head = packed[at++];
      if (head < 0) {
        head &= 0x7f;
        for (int shift = 7; ; shift += 7) {
          byte next = packed[at++];
          head |= (next & 0x7fL) << shift;
          if (next >= 0) {
            break;
          }
        }
      }
      customer += (int) (head >>> 1);
      int count = 1;
      if ((head & 1) != 0) {
        count = 0;
        for (int shift = 0; ; shift += 7) {
          byte next = packed[at++];
          count |= (next & 0x7f) << shift;
          if (next >= 0) {
            break;
          }
        }
      }
      if (customer < counts.length) {
        int sum = counts[customer] + count;
        counts[customer] = sum < 0 ? Integer.MAX_VALUE : sum;
      }
    }
  }
}
