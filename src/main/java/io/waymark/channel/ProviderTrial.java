package io.waymark.channel;

import io.waymark.evidence.EvidenceEntry;
import io.waymark.evidence.EvidenceKind;
import io.waymark.evidence.EvidenceLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    Provider tried =
        providers
            .named(provider)
            .orElseThrow(() -> new IllegalArgumentException("没有配置该名称的服务商，请刷新页面后重试"));
    if (!recipients.contains(address)) {
      throw new IllegalArgumentException("该地址不在测试名单内，请管理员先在 waymark.channel.test-recipients 中登记");
    }
    if (text.isBlank() || text.length() > LONGEST) {
      throw new IllegalArgumentException("测试内容须为 1 到 " + LONGEST + " 个字符");
    }
    UUID id = UUID.randomUUID();
    ProviderAnswer answer =
        tried.send(new AddressedMessage(id, tried.channel(), address, "路标通道测试", text, Map.of()));
    prove(tried, id, answer, actor);
    return answer;
  }

  private void prove(Provider tried, UUID id, ProviderAnswer answer, String actor) {
    String outcome =
        answer instanceof ProviderAnswer.Accepted
            ? "accepted"
            : answer instanceof ProviderAnswer.Rejected no ? "rejected:" + no.code() : "unknown";
    EvidenceEntry entry =
        new EvidenceEntry(
            EvidenceKind.PROVIDER_TRIED,
            "provider:" + tried.name(),
            null,
            null,
            actor,
            Map.of(
                "channel", tried.channel().code(),
                "messageId", id.toString(),
                "outcome", outcome));
    transaction.executeWithoutResult(status -> evidence.appendAll(List.of(entry)));
  }
}
