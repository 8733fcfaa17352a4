package io.waymark.contact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderTrial;
import io.waymark.channel.Providers;
import io.waymark.content.Rendered;
import io.waymark.content.TemplateStatus;
import io.waymark.content.TemplateVersion;
import io.waymark.platform.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Sends a template with sample values to the house's own people, so that its author sees it where
 * customers will. No customer is concerned and no gate about customers is asked; the text itself is
 * rendered and inspected as every other, says that it is a test, and goes to listed addresses only.
 */
@Component
public class TestSends {

  /** Stands before every text that is sent as a test. */
  public static final String MARK = "【测试】";

  private static final Pattern BODY = Pattern.compile("(?i)<body[^>]*>");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Composer composer;
  private final TextModel texts;
  private final Providers providers;
  private final ProviderTrial trial;

  TestSends(Composer composer, TextModel texts, Providers providers, ProviderTrial trial) {
    this.composer = composer;
    this.texts = texts;
    this.providers = providers;
    this.trial = trial;
  }

  /** The addresses a text of a channel may be tried with; empty when none is listed. */
  public List<String> recipients(Channel channel) {
    return trial.recipients(channel);
  }

  /** Whether a provider serves the channel, so that a test can leave at all. */
  public boolean open(Channel channel) {
    return providers.of(channel).isPresent();
  }

  /** What a variable of a template is worth without anybody's help; empty when nobody knows. */
  public String usual(String variable) {
    String[] names = variable.split("\\.", 2);
    return names[0].equals("broker") && names.length == 2
        ? Objects.toString(texts.broker().get(names[1]), "")
        : "";
  }

  /**
   * Renders, inspects, marks and sends. Blocks on the network, so it must not be called inside a
   * transaction.
   *
   * @param values by variable, e.g. {@code customer.name}; what is left blank is not given to the
   *     template
   * @param address one of {@link #recipients}
   * @param actor username
   * @throws IllegalArgumentException with a Chinese sentence when the version was withdrawn, the
   *     text must not leave as it is, the channel has no provider, or the address is not listed
   */
  public TestSent send(
      TemplateVersion version, Map<String, String> values, String address, String actor) {
    if (version.status() == TemplateStatus.WITHDRAWN) {
      throw new IllegalArgumentException("该版本已撤回，不能试发；请选择其他版本");
    }
    Channel channel = version.metadata().channel();
    Provider provider =
        providers
            .of(channel)
            .orElseThrow(() -> new IllegalArgumentException("该渠道没有配置服务商，不能试发；请联系管理员"));
    Composer.Composed composed = composer.compose(version, model(values));
    Rendered rendered = composed.rendered();
    WithheldReason reason = composed.reason();
    if (reason != null || rendered == null) {
      throw new IllegalArgumentException(refusal(composed));
    }
    String subject = rendered.subject() == null ? null : MARK + rendered.subject();
    String body = marked(channel, rendered.body());
    Map<String, String> facts =
        Map.of(
            "template", version.code(),
            "version", String.valueOf(version.version()),
            "hash", rendered.hash());
    return new TestSent(
        provider.name(),
        subject == null ? body : subject + "\n\n" + body,
        trial.sendWritten(provider.name(), address, subject, body, facts, actor));
  }

  private static Map<String, Object> model(Map<String, String> values) {
    Map<String, Map<String, String>> groups = new HashMap<>();
    values.forEach(
        (variable, value) -> {
          String[] names = variable.split("\\.", 2);
          if (names.length == 2 && !value.isBlank()) {
            groups.computeIfAbsent(names[0], name -> new HashMap<>()).put(names[1], value.strip());
          }
        });
    return new HashMap<>(groups);
  }

  private static String refusal(Composer.Composed composed) {
    Map<String, String> inputs = composed.inputs();
    return switch (Objects.toString(composed.gate(), "")) {
      case Composer.SCAN -> "没有发出：文字命中规则 " + inputs.get("rules") + "，请修改模板或示例值";
      case Composer.ELEMENTS -> "没有发出：文字缺少必备要素 " + inputs.get("missing") + "，请先补充";
      default ->
          "没有发出：第 %s 行的变量 %s 无法成文，请填写示例值".formatted(inputs.get("line"), inputs.get("variable"));
    };
  }

  /** The text with the mark where its reader sees it; JSON says so in a field of its own. */
  private static String marked(Channel channel, String body) {
    return switch (channel) {
      case WEBHOOK -> markedJson(body);
      case EMAIL -> {
        Matcher start = BODY.matcher(body);
        int at = start.find() ? start.end() : 0;
        yield body.substring(0, at) + "<p>" + MARK + "</p>" + body.substring(at);
      }
      default -> MARK + body;
    };
  }

  private static String markedJson(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json instanceof ObjectNode object) {
        return JSON.writeValueAsString(object.put("test", true));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a rendered webhook text is JSON", e);
    }
    throw new IllegalArgumentException("没有发出：正文不是 JSON 对象，无法标明是测试");
  }
}
