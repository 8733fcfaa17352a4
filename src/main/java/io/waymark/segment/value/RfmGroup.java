package io.waymark.segment.value;

import java.math.BigDecimal;

/**
 * A group of one of the three figures.
 *
 * @param least smallest figure in it: days, purchases or yuan
 * @param most largest
 */
public record RfmGroup(int score, long customers, BigDecimal least, BigDecimal most) {}
