package io.waymark.content;

import io.waymark.platform.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What a text does with the person it is for (个人信息保护法 art. 24; 网络数据安全管理条例 22(5)).
 *
 * @param personalised chosen or worded after what is known of this person's behaviour
 * @param plainVariant code of the text sent instead to who refused personalisation, of the same
 *     channel and purpose; null when nothing is
 * @param asksConsent purpose for which it asks consent; null when it asks none
 */
public record PersonalUse(
    boolean personalised, @Nullable String plainVariant, @Nullable Purpose asksConsent) {

  /** Neither personalised nor asking for anything. */
  public static final PersonalUse NONE = new PersonalUse(false, null, null);
}
