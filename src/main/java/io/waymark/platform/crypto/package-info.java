/**
 * Sealing of personal data with one key per customer, and the keyed hashes identities are found by.
 * No caller sees a key. Destroying a customer's key erases the person everywhere at once.
 */
@NullMarked
package io.waymark.platform.crypto;

import org.jspecify.annotations.NullMarked;
