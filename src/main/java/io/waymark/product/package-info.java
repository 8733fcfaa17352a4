/**
 * Funds and services with their risk level and required statements. Whether a product suits
 * somebody is decided above. Data comes from the broker's product master and is read in bulk.
 */
@NullMarked
package io.waymark.product;

import org.jspecify.annotations.NullMarked;
