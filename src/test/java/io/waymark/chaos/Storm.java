package io.waymark.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The journey of the storm: every channel, a timer, an event, more marketing mails than the cap
 * allows, and an end that waits for whoever is not waved off. Steps stand in one line, so what
 * leaves one must enter the next.
 */
final class Storm {

  static final String KEY = "chaos-storm";
  static final String ENTER = "chaos.enter";
  static final String NUDGE = "chaos.nudge";
  static final String FAREWELL = "chaos.farewell";

  static final String SMS_TEXT = "您的账户服务提醒已更新，请登录App查看。";
  static final String WECHAT_TEXT = "您的账户服务提醒已更新，请在App查看详情。";

  /** SMS, e-mail, webhook, App, WeCom, push, WeChat. */
  static final int CHANNELS = 7;

  /** Sends in their order: name of the step, template. */
  static final List<Map.Entry<String, String>> SENDS =
      List.of(
          Map.entry("Send_Sms", "chaos-sms"),
          Map.entry("Send_Email", "chaos-email"),
          Map.entry("Send_Webhook", "chaos-webhook"),
          Map.entry("Send_InApp", "chaos-in-app"),
          Map.entry("Pause", ""),
          Map.entry("Send_Wecom", "chaos-wecom"),
          Map.entry("Send_Push", "chaos-push"),
          Map.entry("Send_Wechat", "chaos-wechat"),
          Map.entry("Nudged", ""),
          Map.entry("Send_Mail_1", "chaos-mail"),
          Map.entry("Send_Mail_2", "chaos-mail"),
          Map.entry("Send_Mail_3", "chaos-mail"),
          Map.entry("Send_Mail_4", "chaos-mail"),
          Map.entry("Send_Mail_5", "chaos-mail"),
          Map.entry("Send_Mail_6", "chaos-mail"),
          Map.entry("Farewell", ""));

  private Storm() {}

  /** Writes the drawing and its texts where the application looks for them. */
  static void write(Path folder) throws IOException {
    Path processes = Files.createDirectories(folder.resolve("processes"));
    Files.writeString(processes.resolve(KEY + ".bpmn"), drawing());
    Path texts = Files.createDirectories(folder.resolve("templates"));
    text(texts, "chaos-sms", "sms", "service", "", "【${broker.name}】" + SMS_TEXT, "broker.name");
    text(
        texts,
        "chaos-email",
        "email",
        "service",
        "账户服务提醒",
        "<p>您的账户服务提醒已更新，请登录App查看。${broker.name}</p>",
        "broker.name");
    text(
        texts,
        "chaos-webhook",
        "webhook",
        "service",
        "",
        "{\"customer\": \"${customer.ref}\"}",
        "customer.ref");
    text(texts, "chaos-in-app", "in_app", "service", "账户服务提醒", "您的账户服务提醒已更新。", "");
    text(texts, "chaos-wecom", "wecom", "service", "", "您的账户服务提醒已更新，请在App查看。", "");
    text(texts, "chaos-push", "push", "service", "账户服务提醒", "您的账户服务提醒已更新。", "");
    text(texts, "chaos-wechat", "wechat", "service", "", WECHAT_TEXT, "");
    text(
        texts,
        "chaos-mail",
        "email",
        "activity",
        "投资者教育活动",
        "<p>推广材料</p><p>${broker.name}邀请您参加线上投资者教育活动，内容为账户功能介绍。</p>"
            + "<p>退订方式：${broker.unsubscribe}</p>",
        "broker.name",
        "broker.unsubscribe");
  }

  private static void text(
      Path folder,
      String code,
      String channel,
      String purpose,
      String subject,
      String body,
      String... variables)
      throws IOException {
    StringBuilder yaml = new StringBuilder();
    yaml.append("title: ").append(code).append('\n');
    yaml.append("channel: ").append(channel).append('\n');
    yaml.append("purpose: ").append(purpose).append('\n');
    yaml.append("productClass: none\n");
    if (!subject.isEmpty()) {
      yaml.append("subject: '").append(subject).append("'\n");
    }
    yaml.append(variables[0].isEmpty() ? "variables: []\n" : "variables:\n");
    for (String variable : variables) {
      if (!variable.isEmpty()) {
        yaml.append("  - ").append(variable).append('\n');
      }
    }
    Files.writeString(folder.resolve(code + ".yaml"), yaml, StandardCharsets.UTF_8);
    Files.writeString(folder.resolve(code + ".ftl"), body, StandardCharsets.UTF_8);
  }

  private static String drawing() {
    StringBuilder xml =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
              <bpmn:process id="chaos-storm" name="风暴" isExecutable="true" camunda:historyTimeToLive="P30D">
                <bpmn:extensionElements><camunda:properties>
                  <camunda:property name="entryEvent" value="chaos.enter"/>
                  <camunda:property name="purpose" value="activity"/>
                  <camunda:property name="reentryDays" value="never"/>
                </camunda:properties></bpmn:extensionElements>
                <bpmn:startEvent id="Start"/>
            """);
    String last = "Start";
    for (Map.Entry<String, String> step : SENDS) {
      String id = step.getKey();
      flow(xml, last, id);
      switch (id) {
        case "Pause" ->
            xml.append(
                """
                <bpmn:intermediateCatchEvent id="Pause"><bpmn:timerEventDefinition>
                  <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT2S</bpmn:timeDuration>
                </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
                """);
        case "Nudged" -> xml.append(waitFor(id, "M_Nudge"));
        case "Farewell" -> xml.append(waitFor(id, "M_Farewell"));
        default -> xml.append(send(id, step.getValue()));
      }
      if (!step.getValue().isEmpty()) {
        flow(xml, "Withheld_" + id, next(id));
      }
      last = id;
    }
    flow(xml, last, "End");
    return xml.append(
            """
                <bpmn:endEvent id="End"/>
              </bpmn:process>
              <bpmn:error id="E" errorCode="withheld"/>
              <bpmn:message id="M_Nudge" name="chaos.nudge"/>
              <bpmn:message id="M_Farewell" name="chaos.farewell"/>
            </bpmn:definitions>
            """)
        .toString();
  }

  private static String next(String id) {
    for (int i = 0; i < SENDS.size() - 1; i++) {
      if (SENDS.get(i).getKey().equals(id)) {
        return SENDS.get(i + 1).getKey();
      }
    }
    throw new IllegalArgumentException(id);
  }

  private static void flow(StringBuilder xml, String from, String to) {
    xml.append(
        "<bpmn:sequenceFlow id=\"F_%s\" sourceRef=\"%s\" targetRef=\"%s\"/>\n"
            .formatted(from, from, to));
  }

  private static String waitFor(String id, String message) {
    return """
        <bpmn:intermediateCatchEvent id="%s">
          <bpmn:messageEventDefinition messageRef="%s"/>
        </bpmn:intermediateCatchEvent>
        """
        .formatted(id, message);
  }

  private static String send(String id, String template) {
    return """
        <bpmn:serviceTask id="%s" name="%s" camunda:delegateExpression="${sendMessage}">
          <bpmn:extensionElements><camunda:properties>
            <camunda:property name="template" value="%s"/>
          </camunda:properties></bpmn:extensionElements>
        </bpmn:serviceTask>
        <bpmn:boundaryEvent id="Withheld_%s" attachedToRef="%s">
          <bpmn:errorEventDefinition errorRef="E"/>
        </bpmn:boundaryEvent>
        """
        .formatted(id, id, template, id, id);
  }
}
