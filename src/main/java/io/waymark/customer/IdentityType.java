package io.waymark.customer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways a customer is known at other touchpoints. One spelling each, so that hashes meet. */
enum IdentityType {
  MOBILE,
  EMAIL,
  FUND_ACCOUNT,
  WECHAT,
  WECOM,
  DEVICE;

  private static final Pattern MOBILE_NUMBER = Pattern.compile("1[3-9]\\d{9}");
  private static final Pattern COUNTRY_CODE = Pattern.compile("^(\\+|00)?86(?=1\\d{10}$)");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\-]");
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}");
  private static final int LONGEST = 254;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<IdentityType> find(String code) {
    for (IdentityType type : values()) {
      if (type.code().equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** One spelling of the value: half-width, and for numbers and addresses without decoration. */
  String normalise(String value) {
    String plain = Normalizer.normalize(value, Normalizer.Form.NFKC).strip();
    return switch (this) {
      case MOBILE ->
          COUNTRY_CODE.matcher(SEPARATORS.matcher(plain).replaceAll("")).replaceFirst("");
      case EMAIL -> plain.toLowerCase(Locale.ROOT);
      default -> plain;
    };
  }

  /** What is wrong with a normalised value, as a Chinese sentence; null when nothing is. */
  @Nullable String problem(String value) {
    if (value.length() > LONGEST) {
      return "标识过长,最多 254 个字符";
    }
    return switch (this) {
      case MOBILE -> MOBILE_NUMBER.matcher(value).matches() ? null : "手机号格式不正确,应为 11 位中国大陆手机号";
      case EMAIL -> ADDRESS.matcher(value).matches() ? null : "邮箱地址格式不正确";
      default -> null;
    };
  }

  /** What screens show of a normalised value: {@code 138****1234}, {@code z***@example.com}. */
  String mask(String value) {
    return switch (this) {
      case MOBILE -> value.substring(0, 3) + "****" + value.substring(7);
      case EMAIL -> value.charAt(0) + "***" + value.substring(value.indexOf('@'));
      default -> value.length() > 8 ? "****" + value.substring(value.length() - 4) : "****";
    };
  }
}
