package io.waymark.customer;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a customer holds of one product at the end of one day.
 *
 * @param product product code
 * @param marketValue yuan
 * @param cost yuan
 */
public record Holding(String product, BigDecimal marketValue, BigDecimal cost, LocalDate asOf) {}
