package io.waymark.engine.run;

import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;

/**
 * The label of an instance that operators see in Cockpit: journey and participation, no personal
 * data. It also names the participation to every step, because unlike a variable no door can change
 * it.
 */
public final class BusinessKey {

  private static final Pattern WRITTEN = Pattern.compile("[^:]+:[0-9]{1,18}");

  private BusinessKey() {}

  static String of(String journeyKey, long participationId) {
    return journeyKey + ":" + participationId;
  }

  /** Whether a text is written like one. */
  public static boolean isOne(@Nullable String text) {
    return text != null && WRITTEN.matcher(text).matches();
  }

  /**
   * The participation an execution belongs to.
   *
   * @throws IllegalStateException when the instance was not started by Waymark
   */
  public static long participation(DelegateExecution execution) {
    return participation(execution.getProcessBusinessKey());
  }

  /**
   * The participation a key names.
   *
   * @throws IllegalStateException when it is no key of Waymark's
   */
  public static long participation(@Nullable String businessKey) {
    if (businessKey == null || !isOne(businessKey)) {
      throw new IllegalStateException("该实例不是由路标启动的,没有参与记录。");
    }
    return Long.parseLong(businessKey.substring(businessKey.lastIndexOf(':') + 1));
  }
}
