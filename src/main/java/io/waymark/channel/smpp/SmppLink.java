package io.waymark.channel.smpp;

import io.waymark.channel.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.socket.SSLSocketConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to the carrier, bound for both directions and tried by enquire_link. When it
 * is lost, the next who needs it makes a new one, at most once a second.
 */
final class SmppLink {

  private static final Logger log = LoggerFactory.getLogger(SmppLink.class);
  private static final long BETWEEN_ATTEMPTS_NANOS = Duration.ofSeconds(1).toNanos();

  private final SmppSettings settings;
  private final Secret password;
  private final MessageReceiverListener receiver;
  private @Nullable SMPPSession session;
  private long lastAttempt = System.nanoTime() - BETWEEN_ATTEMPTS_NANOS;

  SmppLink(SmppSettings settings, Secret password, MessageReceiverListener receiver) {
    this.settings = settings;
    this.password = password;
    this.receiver = receiver;
  }

  /** A bound session; empty when none is to be had now. */
  synchronized Optional<SMPPSession> bound() {
    SMPPSession now = session;
    if (now != null && now.getSessionState().isTransmittable()) {
      return Optional.of(now);
    }
    if (System.nanoTime() - lastAttempt < BETWEEN_ATTEMPTS_NANOS) {
      return Optional.empty();
    }
    lastAttempt = System.nanoTime();
    close();
    session = open();
    return Optional.ofNullable(session);
  }

  synchronized void close() {
    if (session != null) {
      session.unbindAndClose();
      session = null;
    }
  }

  private @Nullable SMPPSession open() {
    SMPPSession opening =
        settings.tls()
            ? new SMPPSession(new SSLSocketConnectionFactory())
            : new SMPPSession(SocketConnectionFactory.getInstance());
    opening.setMessageReceiverListener(receiver);
    opening.setEnquireLinkTimer((int) settings.enquireLink().toMillis());
    opening.setTransactionTimer(settings.readTimeout().toMillis());
    try {
      opening.connectAndBind(
          settings.host(),
          settings.port(),
          new BindParameter(
              BindType.BIND_TRX,
              settings.systemId(),
              password.clear(),
              settings.systemType(),
              TypeOfNumber.UNKNOWN,
              NumberingPlanIndicator.UNKNOWN,
              null),
          settings.connectTimeout().toMillis());
      log.info("Bound to the SMPP gateway {}:{}", settings.host(), settings.port());
      return opening;
    } catch (IOException e) {
      log.warn("SMPP gateway {}:{} cannot be bound", settings.host(), settings.port());
      opening.close();
      return null;
    }
  }
}
