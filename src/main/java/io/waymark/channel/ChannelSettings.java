package io.waymark.channel;

import io.waymark.platform.Channel;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What concerns all channels.
 *
 * @param chosen name of the provider to use, for channels with several, e.g. {@code sms:
 *     aliyun-sms}
 * @param testRecipients the only addresses a provider may be tried with: numbers, mail addresses,
 *     ids or targets of staff
 * @param callbackPass the last part of the address vendors call back to, for vendors that do not
 *     sign; at least 16 characters, empty = such callbacks are refused
 */
@ConfigurationProperties("waymark.channel")
public record ChannelSettings(
    @DefaultValue Map<Channel, String> chosen,
    @DefaultValue List<String> testRecipients,
    @DefaultValue("") String callbackPass) {

  /**
   * @throws IllegalArgumentException when the pass is short enough to be guessed
   */
  public ChannelSettings {
    chosen = Map.copyOf(chosen);
    testRecipients = List.copyOf(testRecipients);
    if (!callbackPass.isEmpty() && !callbackPass.matches("[A-Za-z0-9_-]{16,}")) {
      throw new IllegalArgumentException(
          "waymark.channel.callback-pass 至少 16 个字符，只能用字母、数字、下划线和短横线，可用 openssl rand -hex 16 生成");
    }
  }

  /** Without the pass. */
  @Override
  public String toString() {
    return "ChannelSettings[chosen=" + chosen + "]";
  }
}
