package io.waymark.channel.smpp;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.Provider;
import io.waymark.channel.ProviderAnswer;
import io.waymark.channel.ProviderAnswer.Accepted;
import io.waymark.channel.ProviderAnswer.Rejected;
import io.waymark.channel.ProviderAnswer.Unknown;
import io.waymark.channel.SentIds;
import io.waymark.channel.UnknownPolicy;
import io.waymark.channel.vendor.VendorCodes;
import io.waymark.platform.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/**
 * Text messages over SMPP 3.4. The protocol carries no id of ours and recognises no repeat; the
 * carrier's ids of all parts are remembered for its reports. A message of which one part was
 * answered and another was not has partly left and is unknown.
 */
final class SmppSms implements Provider {

  static final String NAME = "smpp";
  private static final String PEER = "短信网关";

  private static final VendorCodes CODES =
      new VendorCodes(PEER)
          .later("smpp_88", "网关限速", Duration.ofSeconds(1))
          .later("smpp_20", "网关队列已满", Duration.ofSeconds(5))
          .later("smpp_8", "网关系统错误", Duration.ofSeconds(5))
          .later("smpp_100", "网关暂时无法处理", Duration.ofSeconds(5))
          .never("smpp_81", "号码类型不合法")
          .never("smpp_11", "手机号码不合法")
          .never("smpp_10", "接入号不合法，请核对 source");

  private final SmppSettings settings;
  private final SmppLink link;
  private final SentIds sentIds;
  private final Semaphore window;
  private final AtomicInteger references = new AtomicInteger();

  SmppSms(SmppSettings settings, SmppLink link, SentIds sentIds) {
    this.settings = settings;
    this.link = link;
    this.sentIds = sentIds;
    this.window = new Semaphore(settings.window());
  }

  @Override
  public Channel channel() {
    return Channel.SMS;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String settings() {
    return "waymark.channel.smpp";
  }

  @Override
  public UnknownPolicy whenUnknown() {
    return UnknownPolicy.NEVER_RESEND;
  }

  @Override
  public String target() {
    return "smpp://" + settings.host() + ":" + settings.port();
  }

  /** A protocol without signatures: there is nothing a vendor could publish an example of. */
  @Override
  public Optional<String> verification() {
    return Optional.of("SMPP 3.4（协议本身不签名，由 jsmpp 实现）");
  }

  @Override
  public ProviderAnswer send(AddressedMessage message) {
    Optional<SMPPSession> session = link.bound();
    if (session.isEmpty()) {
      return new Rejected("connect", "无法连接或登录" + PEER + "，请核对地址、账号和密码", true);
    }
    List<byte[]> parts = SmppText.split(message.body());
    int reference = references.incrementAndGet() & 0xff;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ProviderAnswer answer =
          submit(session.get(), message.address(), part(parts, reference, i), parts, reference, i);
      if (!(answer instanceof Accepted accepted)) {
        return i == 0 ? answer : new Unknown(PEER + "只收下了长短信的前 " + i + " 段");
      }
      ids.add(accepted.providerId());
    }
    sentIds.remember(NAME, message.messageId(), ids);
    return new Accepted(ids.get(0));
  }

  private byte[] part(List<byte[]> parts, int reference, int i) {
    return parts.size() > 1 && settings.longMessages().equals("udh")
        ? SmppText.withHeader(parts.get(i), reference, parts.size(), i + 1)
        : parts.get(i);
  }

  private ProviderAnswer submit(
      SMPPSession session, String to, byte[] body, List<byte[]> parts, int reference, int i) {
    if (!admitted()) {
      return new Rejected("window", PEER + "的应答太慢，发送窗口已满", true, Duration.ofSeconds(1));
    }
    try {
      return new Accepted(call(session, to, body, parts.size(), reference, i));
    } catch (NegativeResponseException e) {
      return CODES.answer("smpp_" + e.getCommandStatus());
    } catch (PDUException e) {
      return new Rejected("smpp_pdu", PEER + "：号码或内容无法编码", false);
    } catch (ResponseTimeoutException e) {
      return new Unknown(PEER + "：已提交，没有等到应答");
    } catch (InvalidResponseException e) {
      return new Unknown(PEER + "的应答无法识别");
    } catch (IOException e) {
      // Whether the bytes were read before the connection broke, nobody knows.
      return new Unknown(PEER + "：提交时连接中断");
    } finally {
      window.release();
    }
  }

  private boolean admitted() {
    try {
      return window.tryAcquire(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String call(SMPPSession session, String to, byte[] body, int total, int reference, int i)
      throws PDUException,
          ResponseTimeoutException,
          InvalidResponseException,
          NegativeResponseException,
          IOException {
    boolean udh = total > 1 && settings.longMessages().equals("udh");
    OptionalParameter[] sar =
        total > 1 && !udh
            ? new OptionalParameter[] {
              new OptionalParameter.Sar_msg_ref_num((short) reference),
              new OptionalParameter.Sar_total_segments((byte) total),
              new OptionalParameter.Sar_segment_seqnum((byte) (i + 1))
            }
            : new OptionalParameter[0];
    return session
        .submitShortMessage(
            "",
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.UNKNOWN,
            settings.source(),
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.ISDN,
            to,
            new ESMClass(
                MessageMode.DEFAULT,
                MessageType.DEFAULT,
                udh ? GSMSpecificFeature.UDHI : GSMSpecificFeature.DEFAULT),
            (byte) 0,
            (byte) 1,
            null,
            null,
            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
            (byte) 0,
            new GeneralDataCoding(Alphabet.ALPHA_UCS2),
            (byte) 0,
            body,
            sar)
        .getMessageId();
  }

  /** query_sm wants the carrier's id, which an unknown message does not have. */
  @Override
  public Optional<ProviderAnswer> query(UUID messageId) {
    return Optional.empty();
  }
}
