package io.waymark.channel.vendor;

import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's error codes mean for the message: it did not leave and may later, it did not
 * leave and never will, or the vendor itself does not know. Codes match by prefix, the longest
 * wins; a code that is not listed is a refusal for good, so that nothing is sent twice by mistake.
 */
public final class VendorCodes {

  private final String peer;
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param peer name of the vendor for people
   */
  public VendorCodes(String peer) {
    this.peer = peer;
  }

  /** The message did not leave; the same one may later. */
  public VendorCodes later(String prefix, String words, @Nullable Duration retryAfter) {
    rows.add(new Row(prefix, words, Kind.LATER, retryAfter));
    return this;
  }

  /** The message did not leave and never will. */
  public VendorCodes never(String prefix, String words) {
    rows.add(new Row(prefix, words, Kind.NEVER, null));
    return this;
  }

  /** The vendor failed in a way that leaves open what it did. */
  public VendorCodes unclear(String prefix, String words) {
    rows.add(new Row(prefix, words, Kind.UNCLEAR, null));
    return this;
  }

  /** The answer a code stands for. */
  public ProviderAnswer answer(String code) {
    Row best = null;
    for (Row row : rows) {
      if (code.startsWith(row.prefix())
          && (best == null || row.prefix().length() > best.prefix().length())) {
        best = row;
      }
    }
    String shown = code.matches("[A-Za-z0-9_.-]{1,80}") ? code : "other";
    if (best == null) {
      return new Rejected(shown, peer + "拒绝了消息（" + shown + "）", false);
    }
    String reason = peer + "：" + best.words() + "（" + shown + "）";
    return switch (best.kind()) {
      case LATER -> new Rejected(shown, reason, true, best.retryAfter());
      case NEVER -> new Rejected(shown, reason, false);
      case UNCLEAR -> new Unknown(reason);
    };
  }

  private enum Kind {
    LATER,
    NEVER,
    UNCLEAR
  }

  private record Row(String prefix, String words, Kind kind, @Nullable Duration retryAfter) {}
}
