package io.waymark.channel.simulator;

import io.waymark.channel.Secret;
import io.waymark.channel.smpp.SmppText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.DeliveryReceipt;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.DeliveryReceiptState;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * 模拟短信网关: a carrier that speaks SMPP 3.4. It checks the bind, puts long messages together, reports
 * on every part and brings a report again that is refused for now. The protocol knows no id of
 * ours: the ledger names a message by a digest of number and text, and a repeat is a second
 * arrival.
 */
public final class SmppSimulator implements Simulator, SmartLifecycle {

  /** The account it knows. */
  public static final String SYSTEM_ID = "simulated";

  private static final Logger log = LoggerFactory.getLogger(SmppSimulator.class);
  private static final int BRINGS = 8;
  private static final long SILENCE_MILLIS = 5_000;

  private final Secret password;
  private final Clock clock;
  private final Chance chance;
  private final Ledger ledger;
  private final AtomicReference<Misbehaviour> misbehaviour;
  private final ServerSocket socket;
  private final HttpPeer page;
  private final Map<String, byte[][]> unfinished = new ConcurrentHashMap<>();
  private volatile @Nullable SMPPServerSession bound;
  private @Nullable SMPPServerSessionListener listener;
  private @Nullable ScheduledExecutorService work;
  private volatile boolean running;

  /** Takes its port at once and answers after {@link #start}. */
  public SmppSimulator(SimulatorSettings settings, Secret password, Clock clock) {
    SimulatorSettings.Peer own = settings.vendor("smpp");
    this.password = password;
    this.clock = clock;
    this.chance = new Chance(settings.seed());
    this.ledger = new Ledger(settings.ledgerSize());
    this.misbehaviour = new AtomicReference<>(own.misbehaviour());
    try {
      this.socket = new ServerSocket(own.port(), 50, InetAddress.getByName(settings.bind()));
    } catch (IOException e) {
      throw new UncheckedIOException("模拟短信网关无法监听端口 " + own.port() + "，请换一个端口", e);
    }
    this.page = new HttpPeer("smpp", settings.bind(), 0);
    new PeerPages("模拟短信网关", ledger, misbehaviour).on(page);
  }

  /** Port of the protocol. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Address of the page for people. */
  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + page.port());
  }

  /** What arrived, newest first. */
  @Override
  public List<LedgerLine> ledger() {
    return ledger.newestFirst();
  }

  /** From the next submission on. */
  public void misbehave(Misbehaviour now) {
    misbehaviour.set(now);
  }

  /** By which id the ledger knows a message. */
  public static UUID idOf(String number, String text) {
    return UUID.nameUUIDFromBytes((number + " " + text).getBytes(StandardCharsets.UTF_8));
  }

  /** Breaks the connection, as carriers do at night. */
  public void hangUp() {
    SMPPServerSession now = bound;
    if (now != null) {
      now.close();
    }
  }

  /** Delivers what a customer wrote. */
  public void reply(String number, String text) {
    later(() -> deliver(number, new ESMClass(), text.getBytes(StandardCharsets.UTF_16BE), 1), 0);
  }

  @Override
  public void start() {
    ScheduledExecutorService pool =
        Executors.newScheduledThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, "simulator-smpp");
              thread.setDaemon(true);
              return thread;
            });
    work = pool;
    try {
      SMPPServerSessionListener opened = new SMPPServerSessionListener(port(), reserved());
      opened.setPduProcessorDegree(8);
      listener = opened;
      running = true;
      pool.execute(() -> accept(opened));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page.start();
    log.info("模拟短信网关：smpp://127.0.0.1:{}，页面 {}/", port(), address());
  }

  /** Hands over the socket that has been bound since the beginning. */
  private ServerConnectionFactory reserved() {
    return new ServerConnectionFactory() {
      @Override
      public ServerConnection listen(int port) {
        return new ServerSocketConnection(socket);
      }

      @Override
      public ServerConnection listen(int port, int timeout) throws IOException {
        socket.setSoTimeout(timeout);
        return new ServerSocketConnection(socket);
      }

      @Override
      public ServerConnection listen(int port, int timeout, int backlog) throws IOException {
        return listen(port, timeout);
      }
    };
  }

  private void accept(SMPPServerSessionListener opened) {
    while (running) {
      try {
        SMPPServerSession session = opened.accept();
        session.setMessageReceiverListener(new SmppSubmissions(this::submitted));
        bind(session);
      } catch (IOException | TimeoutException | PDUStringException e) {
        log.debug("A connection to the simulated gateway ended: {}", e.getClass().getSimpleName());
      }
    }
  }

  private void bind(SMPPServerSession session)
      throws TimeoutException, IOException, PDUStringException {
    BindRequest request = session.waitForBind(SILENCE_MILLIS);
    if (request.getSystemId().equals(SYSTEM_ID) && request.getPassword().equals(password.clear())) {
      request.accept("simulator");
      bound = session;
    } else {
      request.reject(SMPPConstant.STAT_ESME_RINVPASWD);
      session.close();
    }
  }

  private SubmitSmResult submitted(SubmitSm submission, SMPPServerSession session)
      throws ProcessRequestException {
    Misbehaviour now = misbehaviour.get();
    String number = submission.getDestAddress();
    UUID lot =
        UUID.nameUUIDFromBytes(
            (number + new String(submission.getShortMessage(), StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.UTF_8));
    int attempt = ledger.attempt(lot);
    if (chance.strikes(now.dropRate(), "drop", lot, attempt)) {
      session.close();
      throw new ProcessRequestException("dropped", SMPPConstant.STAT_ESME_RSYSERR);
    }
    if (chance.strikes(now.errorRate(), "error", lot, attempt)) {
      throw new ProcessRequestException("busy", SMPPConstant.STAT_ESME_RMSGQFUL);
    }
    if (chance.strikes(now.throttleRate(), "throttle", lot, attempt)) {
      throw new ProcessRequestException("throttled", SMPPConstant.STAT_ESME_RTHROTTLED);
    }
    if (!number.matches("\\+?\\d{5,15}")) {
      throw new ProcessRequestException("number", SMPPConstant.STAT_ESME_RINVDSTADR);
    }
    String partId = UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    take(submission, number, partId);
    boolean failed = chance.strikes(now.failureRate(), "failure", lot, 0);
    report(number, partId, !failed, now.receiptDelayMillis());
    if (chance.strikes(now.duplicateReceiptRate(), "duplicate", lot, 0)) {
      report(number, partId, !failed, 2L * now.receiptDelayMillis() + 1);
    }
    if (chance.strikes(now.timeoutAfterAcceptRate(), "timeout", lot, attempt)) {
      pause(SILENCE_MILLIS);
    }
    pause(now.latencyMillis());
    try {
      return new SubmitSmResult(new MessageId(partId), new OptionalParameter[0]);
    } catch (PDUStringException e) {
      throw new ProcessRequestException("id", SMPPConstant.STAT_ESME_RSYSERR, e);
    }
  }

  private void take(SubmitSm submission, String number, String partId) {
    byte[] body = submission.getShortMessage();
    boolean headed = GSMSpecificFeature.UDHI.containedIn(submission.getEsmClass());
    String whole;
    if (headed && body.length > 6) {
      String key = number + " " + body[3];
      byte[][] parts = unfinished.computeIfAbsent(key, none -> new byte[body[4] & 0xff][]);
      parts[body[5] - 1] = body;
      if (Arrays.stream(parts).anyMatch(Objects::isNull)) {
        return;
      }
      unfinished.remove(key);
      StringBuilder text = new StringBuilder();
      for (byte[] part : parts) {
        text.append(SmppText.read(part, true, submission.getDataCoding()));
      }
      whole = text.toString();
    } else {
      whole = SmppText.read(body, false, submission.getDataCoding());
    }
    ledger.take(
        new LedgerLine(idOf(number, whole), partId, number, null, whole, clock.instant(), 1, null));
  }

  private void report(String number, String partId, boolean delivered, long delay) {
    Date now = Date.from(clock.instant());
    DeliveryReceiptState state =
        delivered ? DeliveryReceiptState.DELIVRD : DeliveryReceiptState.UNDELIV;
    String words =
        new DeliveryReceipt(partId, 1, delivered ? 1 : 0, now, now, state, "000", "").toString();
    later(
        () ->
            deliver(
                number,
                new ESMClass(DeliverSm.composeSmscDeliveryReceipt((byte) 0)),
                words.getBytes(StandardCharsets.US_ASCII),
                1),
        delay);
  }

  private void deliver(String number, ESMClass kind, byte[] body, int time) {
    SMPPServerSession session = bound;
    boolean taken = false;
    if (session != null && session.getSessionState().isReceivable()) {
      try {
        session.deliverShortMessage(
            "",
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.ISDN,
            number,
            TypeOfNumber.UNKNOWN,
            NumberingPlanIndicator.ISDN,
            "1069",
            kind,
            (byte) 0,
            (byte) 0,
            new RegisteredDelivery(0),
            new GeneralDataCoding(kind.value() == 0 ? Alphabet.ALPHA_UCS2 : Alphabet.ALPHA_DEFAULT),
            body);
        taken = true;
      } catch (PDUException
          | ResponseTimeoutException
          | InvalidResponseException
          | NegativeResponseException
          | IOException e) {
        log.debug("A delivery is brought again: {}", e.getClass().getSimpleName());
      }
    }
    if (!taken && time < BRINGS) {
      later(() -> deliver(number, kind, body, time + 1), 300L * time);
    }
  }

  private void later(Runnable task, long delayMillis) {
    ScheduledExecutorService pool = work;
    if (pool != null) {
      try {
        pool.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The simulator has been stopped; its deliveries end with it.
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    running = false;
    hangUp();
    try {
      socket.close();
      if (listener != null) {
        listener.close();
      }
    } catch (IOException e) {
      log.debug("The socket of the simulated gateway was closed already");
    }
    if (work != null) {
      work.shutdownNow();
    }
    page.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Up before anything sends, down after everything has stopped sending. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE / 2;
  }

  @Override
  public String provider() {
    return "smpp";
  }

  @Override
  public String title() {
    return "模拟短信网关";
  }

  @Override
  public URI talks() {
    return URI.create("smpp://127.0.0.1:" + port());
  }
}
