package io.waymark.chaos;

import io.waymark.channel.Secret;
import io.waymark.channel.simulator.AliyunSimulator;
import io.waymark.channel.simulator.JpushSimulator;
import io.waymark.channel.simulator.LedgerLine;
import io.waymark.channel.simulator.MailSimulator;
import io.waymark.channel.simulator.Misbehaviour;
import io.waymark.channel.simulator.SimulatorSettings;
import io.waymark.channel.simulator.SmppSimulator;
import io.waymark.channel.simulator.SmsSimulator;
import io.waymark.channel.simulator.TencentSimulator;
import io.waymark.channel.simulator.WebhookSimulator;
import io.waymark.channel.simulator.WechatSimulator;
import io.waymark.channel.simulator.WecomSimulator;
import io.waymark.channel.wechat.WechatCrypt;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/**
 * The providers, in the process that survives. Ten in a hundred calls go wrong, each in one of the
 * ways a provider can fail; ten in a hundred receipts come twice.
 */
final class OutsideWorld implements AutoCloseable {

  private static final Secret SECRET = new Secret("chaos-secret-of-all-the-providers");
  private static final String SMPP_PASSWORD = "simulate";
  private static final String PASS = "chaoscallbackpass0001";
  private static final String TOKEN = "chaostoken";
  private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
  private static final String BROKER = "路标证券";

  private final SmsSimulator sms;
  private final AliyunSimulator aliyun;
  private final TencentSimulator tencent;
  private final SmppSimulator smpp;
  private final MailSimulator mail;
  private final WebhookSimulator webhook;
  private final WecomSimulator wecom;
  private final WechatSimulator wechat;
  private final JpushSimulator push;
  private final String chosen;

  /**
   * @param chosen name of the provider of text messages
   * @param receipts a node that is up; empty while none is
   */
  OutsideWorld(long seed, String chosen, Supplier<Optional<URI>> receipts) {
    this.chosen = chosen;
    Clock clock = Clock.system(ZoneId.of("Asia/Shanghai"));
    Misbehaviour bad = bad();
    SimulatorSettings.Peer peer = new SimulatorSettings.Peer(0, bad);
    SimulatorSettings settings =
        new SimulatorSettings(
            true,
            "127.0.0.1",
            null,
            SECRET,
            seed,
            200_000,
            peer,
            new SimulatorSettings.MailPeer(0, 0, bad),
            peer,
            Map.of(
                "aliyun", peer, "tencent", peer, "smpp", peer, "wechat", peer, "wecom", peer,
                "jpush", peer));
    sms = new SmsSimulator(settings, SECRET, receipts, clock);
    aliyun = new AliyunSimulator(settings, SECRET, receipts, PASS, clock);
    tencent = new TencentSimulator(settings, SECRET, receipts, PASS, clock);
    smpp = new SmppSimulator(settings, new Secret(SMPP_PASSWORD), clock);
    mail = new MailSimulator(settings, SECRET, receipts, clock);
    webhook = new WebhookSimulator(settings, SECRET, clock);
    WechatCrypt ofCompany = new WechatCrypt(TOKEN, KEY, WecomSimulator.CORP_ID);
    wecom = new WecomSimulator(settings, SECRET, ofCompany, receipts, clock);
    WechatCrypt ofAccount = new WechatCrypt(TOKEN, KEY, WechatSimulator.APP_ID);
    wechat = new WechatSimulator(settings, SECRET, ofAccount, receipts, clock);
    push = new JpushSimulator(settings, SECRET, clock);
  }

  private static Misbehaviour bad() {
    return new Misbehaviour(5, 0.03, 0.03, 0.03, 0.03, 0.10, 0.05, 300, 700, 0, 0, 0.01);
  }

  void start() {
    all().forEach(SmartLifecycle::start);
  }

  @Override
  public void close() {
    all().forEach(SmartLifecycle::stop);
  }

  private List<SmartLifecycle> all() {
    return List.of(sms, aliyun, tencent, smpp, mail, webhook, wecom, wechat, push);
  }

  /**
   * How often each message was taken, by the name {@code name} reads from a line of the ledger:
   * customers get one message each of some channels, and are then its name.
   */
  Map<Channel, Map<String, Integer>> taken() {
    Map<Channel, Map<String, Integer>> taken = new EnumMap<>(Channel.class);
    taken.put(Channel.SMS, count(texts(), OutsideWorld::number));
    taken.put(Channel.EMAIL, count(mail.ledger(), line -> line.messageId().toString()));
    taken.put(Channel.WEBHOOK, count(webhook.ledger(), line -> line.messageId().toString()));
    taken.put(Channel.WECOM, count(wecom.ledger(), LedgerLine::address));
    taken.put(Channel.WECHAT, count(wechat.ledger(), LedgerLine::address));
    taken.put(Channel.PUSH, count(push.ledger(), line -> line.messageId().toString()));
    return taken;
  }

  private List<LedgerLine> texts() {
    return switch (chosen) {
      case "aliyun-sms" -> aliyun.ledger();
      case "tencent-sms" -> tencent.ledger();
      case "smpp" -> smpp.ledger();
      default -> sms.ledger();
    };
  }

  /** Carriers are given numbers with and without the country code. */
  private static String number(LedgerLine line) {
    String address = line.address();
    return address.substring(Math.max(0, address.length() - 11));
  }

  private static Map<String, Integer> count(
      List<LedgerLine> ledger, Function<LedgerLine, String> name) {
    Map<String, Integer> counted = new HashMap<>();
    ledger.forEach(line -> counted.merge(name.apply(line), line.arrivals(), Integer::sum));
    return counted;
  }

  /**
   * Writes the settings by which a node finds everything. Times are shorter than in production, so
   * that what a crash left is settled while somebody waits.
   */
  void write(Path folder) throws IOException {
    Properties settings = new Properties();
    settings.put("waymark.simulator.enabled", "false");
    settings.put("waymark.demo.customers", "1");
    settings.put("waymark.demo.pause", "1d");
    settings.put("waymark.processes.location", "file:" + folder.toAbsolutePath() + "/processes/");
    settings.put("waymark.templates.location", "file:" + folder.toAbsolutePath() + "/templates/");
    settings.put("waymark.contact.broker-name", BROKER);
    settings.put("waymark.contact.sending-timeout", "6s");
    settings.put("waymark.contact.query-every", "1s");
    settings.put("waymark.contact.unknown-patience", "4s");
    settings.put("waymark.contact.retry-after", "500ms");
    settings.put("waymark.contact.receipt-timeout", "15s");
    settings.put("waymark.channel.callback-pass", PASS);
    texts(settings);
    mailAndHooks(settings);
    apps(settings);
    for (String provider :
        List.of(
            "sms", "aliyun", "tencent", "smpp", "smtp", "webhook", "wechat", "wecom", "jpush")) {
      settings.put("waymark.channel." + provider + ".read-timeout", "2s");
    }
    Path file = Files.createDirectories(folder.resolve("settings"));
    // Bytes, not characters: only so is what is not Latin-1 escaped as the reader expects it.
    try (OutputStream out = Files.newOutputStream(file.resolve("application-demo.properties"))) {
      settings.store(out, null);
    }
  }

  private void texts(Properties settings) {
    settings.put("waymark.channel.chosen.sms", chosen);
    settings.put("waymark.channel.sms.url", sms.endpoint().uri().toString());
    settings.put("waymark.channel.sms.key", sms.endpoint().key());
    settings.put("waymark.channel.sms.secret", SECRET.clear());
    settings.put("waymark.channel.aliyun.access-key-id", AliyunSimulator.KEY_ID);
    settings.put("waymark.channel.aliyun.access-key-secret", SECRET.clear());
    settings.put("waymark.channel.aliyun.endpoint", aliyun.address().toString());
    settings.put("waymark.channel.aliyun.sign-name", BROKER);
    settings.put("waymark.channel.aliyun.templates[0].code", "SMS_1");
    settings.put("waymark.channel.aliyun.templates[0].text", Storm.SMS_TEXT);
    settings.put("waymark.channel.tencent.secret-id", TencentSimulator.SECRET_ID);
    settings.put("waymark.channel.tencent.secret-key", SECRET.clear());
    settings.put("waymark.channel.tencent.endpoint", tencent.address().toString());
    settings.put("waymark.channel.tencent.sdk-app-id", "1400006666");
    settings.put("waymark.channel.tencent.sign-name", BROKER);
    settings.put("waymark.channel.tencent.templates[0].code", "1001");
    settings.put("waymark.channel.tencent.templates[0].text", Storm.SMS_TEXT);
    settings.put("waymark.channel.smpp.host", "127.0.0.1");
    settings.put("waymark.channel.smpp.port", Integer.toString(smpp.port()));
    settings.put("waymark.channel.smpp.system-id", SmppSimulator.SYSTEM_ID);
    settings.put("waymark.channel.smpp.password", SMPP_PASSWORD);
    settings.put("waymark.channel.smpp.source", "10690000");
  }

  private void mailAndHooks(Properties settings) {
    URI server = mail.endpoint().uri();
    settings.put("waymark.channel.smtp.host", server.getHost());
    settings.put("waymark.channel.smtp.port", Integer.toString(server.getPort()));
    settings.put("waymark.channel.smtp.username", mail.endpoint().key());
    settings.put("waymark.channel.smtp.password", SECRET.clear());
    settings.put("waymark.channel.smtp.receipt-secret", SECRET.clear());
    settings.put("waymark.channel.smtp.start-tls", "false");
    settings.put("waymark.channel.smtp.from", "service@broker.example");
    URI hook = webhook.endpoint().uri();
    settings.put("waymark.channel.webhook.secret", SECRET.clear());
    settings.put("waymark.channel.webhook.default-target", hook.toString());
    settings.put("waymark.channel.webhook.allowed-targets[0]", hook.toString());
  }

  private void apps(Properties settings) {
    settings.put("waymark.channel.wechat.app-id", WechatSimulator.APP_ID);
    settings.put("waymark.channel.wechat.app-secret", SECRET.clear());
    settings.put("waymark.channel.wechat.endpoint", wechat.address().toString());
    settings.put("waymark.channel.wechat.callback-token", TOKEN);
    settings.put("waymark.channel.wechat.callback-key", KEY);
    settings.put("waymark.channel.wechat.templates[0].code", "T1");
    settings.put("waymark.channel.wechat.templates[0].text", Storm.WECHAT_TEXT);
    settings.put("waymark.channel.wecom.corp-id", WecomSimulator.CORP_ID);
    settings.put("waymark.channel.wecom.secret", SECRET.clear());
    settings.put("waymark.channel.wecom.endpoint", wecom.address().toString());
    settings.put("waymark.channel.wecom.callback-token", TOKEN);
    settings.put("waymark.channel.wecom.callback-key", KEY);
    settings.put("waymark.channel.wecom.look-every", "3s");
    settings.put("waymark.channel.jpush.app-key", JpushSimulator.APP_KEY);
    settings.put("waymark.channel.jpush.master-secret", SECRET.clear());
    settings.put("waymark.channel.jpush.endpoint", push.address().toString());
    settings.put("waymark.channel.jpush.reports", push.address().toString());
    settings.put("waymark.channel.jpush.look-every", "3s");
  }
}
