package io.waymark.customer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways a customer is known at other touchpoints. One spelling each, so that hashes meet. */
public enum IdentityType {
  MOBILE,
  EMAIL,
  FUND_ACCOUNT,
  WECHAT,
  WECOM,
  DEVICE,
  ID_NUMBER,
  LANDLINE;

  private static final Pattern MOBILE_NUMBER = Pattern.compile("1[3-9]\\d{9}");
  private static final Pattern COUNTRY_CODE = Pattern.compile("^(\\+|00)?86(?=1\\d{10}$)");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\-]");
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}");
  private static final Pattern ID = Pattern.compile("\\d{17}[\\dX]");
  private static final Pattern LINE = Pattern.compile("0\\d{9,11}(-?\\d{1,6})?");
  private static final int[] ID_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String ID_CHECKS = "10X98765432";
  private static final int LONGEST = 254;

  /** The word used in files, the API and the rules, e.g. {@code fund_account}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of this code. */
  public static Optional<IdentityType> find(String code) {
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
      case ID_NUMBER -> SEPARATORS.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT);
      case LANDLINE -> SEPARATORS.matcher(plain).replaceAll("");
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
      case ID_NUMBER -> isIdNumber(value) ? null : "身份证号码不正确,应为 18 位且校验码相符";
      case LANDLINE -> LINE.matcher(value).matches() ? null : "座机号码不正确,应以区号开头,例如 02158881234";
      default -> null;
    };
  }

  /** GB 11643-1999: the last character is a check digit over the first seventeen. */
  private static boolean isIdNumber(String value) {
    if (!ID.matcher(value).matches()) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < ID_WEIGHTS.length; i++) {
      sum += (value.charAt(i) - '0') * ID_WEIGHTS[i];
    }
    return value.charAt(17) == ID_CHECKS.charAt(sum % 11);
  }

  /** What screens show of a value however it is written. */
  public String masked(String value) {
    return mask(normalise(value));
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
