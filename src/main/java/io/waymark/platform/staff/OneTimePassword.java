package io.waymark.platform.staff;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Passwords that people are given, shown once and kept nowhere. */
public final class OneTimePassword {

  /** Letters and digits that are not taken for one another when read aloud or copied by hand. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int LENGTH = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private OneTimePassword() {}

  /** A new random password of 20 letters and digits. */
  public static String make() {
    return RANDOM
        .ints(LENGTH, 0, LETTERS.length())
        .mapToObj(at -> LETTERS.substring(at, at + 1))
        .collect(Collectors.joining());
  }
}
