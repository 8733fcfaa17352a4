package io.waymark.channel;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import io.waymark.platform.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tries a provider before it is used: one message to an address of the house's own people. It
 * passes no gate and reaches no customer, because only listed addresses are taken.
 */
public final class ProviderTrial {

  private static final int LONGEST = 500;

  private final Providers providers;
  private final List<String> recipients;
  private final EvidenceLog evidence;
  private final TransactionTemplate transaction;

  ProviderTrial(
      Providers providers,
      List<String> recipients,
      EvidenceLog evidence,
      TransactionTemplate transaction) {
    this.providers = providers;
    this.recipients = List.copyOf(recipients);
    this.evidence = evidence;
    this.transaction = transaction;
  }

  /** The addresses that may be tried, {@code waymark.channel.test-recipients}. */
  public List<String> recipients() {
    return recipients;
  }

  /** Those of the addresses that a channel can be tried with, by their form. */
  public List<String> recipients(Channel channel) {
    return recipients.stream().filter(address -> fits(address, channel)).toList();
  }

  private static boolean fits(String address, Channel channel) {
    return switch (channel) {
      case EMAIL -> address.contains("@");
      case WEBHOOK -> address.contains("://");
      case SMS, PHONE -> address.matches("\\+?[0-9]{5,20}");
      default -> !address.contains("@") && !address.contains("://");
    };
  }

  /**
   * Sends one test message. Blocks on the network, so it must not be called inside a transaction;
   * that it was tried is written to the evidence afterwards.
   *
   * @param provider {@link Provider#name()}, in use or not
   * @param address one of {@link #recipients()}
   * @param text what to send; providers with registered templates take texts that match one
   * @param actor username
   * @throws IllegalArgumentException with a Chinese sentence when provider, address or text cannot
   *     be taken
   */
  public ProviderAnswer send(String provider, String address, String text, String actor) {
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException("测试内容须为 1 到 " + LONGEST + " 个字符");
    }
    return sendWritten(provider, address, "路标通道测试", text, Map.of(), actor);
  }

  /**
   * Sends a text as customers would get it, to one of the house's own people. The caller has marked
   * it as a test and inspected it. Blocks on the network as {@link #send} does.
   *
   * @param provider {@link Provider#name()}, in use or not
   * @param address one of {@link #recipients()}
   * @param subject null where the channel has none
   * @param facts what the text is, codes only, for the evidence
   * @param actor username
   * @throws IllegalArgumentException with a Chinese sentence when provider or address cannot be
   *     taken
   */
  public ProviderAnswer sendWritten(
      String provider,
      String address,
      @Nullable String subject,
      String body,
      Map<String, String> facts,
      String actor) {
    Provider tried =
        providers
            .named(provider)
            .orElseThrow(() -> new IllegalArgumentException("没有配置该名称的服务商，请刷新页面后重试"));
    if (!recipients.contains(address)) {
      throw new IllegalArgumentException("该地址不在测试名单内，请管理员先在 waymark.channel.test-recipients 中登记");
    }
    UUID id = UUID.randomUUID();
    ProviderAnswer answer =
        tried.send(new AddressedMessage(id, tried.channel(), address, subject, body, Map.of()));
    prove(tried, id, answer, facts, actor);
    return answer;
  }

  private void prove(
      Provider tried, UUID id, ProviderAnswer answer, Map<String, String> facts, String actor) {
    String outcome =
        answer instanceof ProviderAnswer.Accepted
            ? "accepted"
            : answer instanceof ProviderAnswer.Rejected no ? "rejected:" + no.code() : "unknown";
    Map<String, Object> proved = new HashMap<>(facts);
    proved.put("channel", tried.channel().code());
    proved.put("messageId", id.toString());
    proved.put("outcome", outcome);
    EvidenceEntry entry =
        new EvidenceEntry(
            EvidenceKind.PROVIDER_TRIED, "provider:" + tried.name(), null, null, actor, proved);
    transaction.executeWithoutResult(status -> evidence.appendAll(List.of(entry)));
  }
}
