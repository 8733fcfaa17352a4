package io.waymark.platform.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The policies of every kind and from when each version applies: those that come with the software
 * and those one person proposed and a compliance officer who is somebody else approved. Asking what
 * is in force costs no statement.
 */
@Component
public class PolicyDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(PolicyDocuments.class);
  private static final Pattern VERSION = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
  private static final String SYSTEM = "system";

  /** Beyond this a person could not read what he approves. */
  private static final int LONGEST_SOURCE = 500_000;

  private final PolicyTable table;
  private final Clock clock;
  private final ApplicationEventPublisher events;
  private final Map<String, PolicyKind<?>> kinds;
  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private volatile PolicyShelf shelf;

  PolicyDocuments(
      JdbcClient jdbc,
      Clock clock,
      ApplicationEventPublisher events,
      ObjectProvider<PolicyKind<?>> kinds) {
    this.table = new PolicyTable(jdbc);
    this.clock = clock;
    this.events = events;
    this.kinds = kinds.stream().collect(Collectors.toMap(PolicyKind::code, Function.identity()));
    this.kinds.values().forEach(this::keepShipped);
    this.shelf = new PolicyShelf(table.applicable());
  }

  /** Every kind, by code. */
  public List<PolicyKind<?>> kinds() {
    return kinds.values().stream().sorted(Comparator.comparing(PolicyKind::code)).toList();
  }

  /**
   * What applies at a moment: of the approved versions the last to come into force, and before the
   * first of them the one that came with the software.
   */
  public <T> PolicyInForce<T> active(PolicyKind<T> kind, Instant at) {
    PolicyDocument document = shelf.active(kind.code(), at);
    @SuppressWarnings("unchecked") // Written below by the kind of the same code.
    T value =
        (T)
            values.computeIfAbsent(
                kind.code() + ":" + document.hash(), hash -> kind.read(document.source()));
    return new PolicyInForce<>(document, value);
  }

  /** As {@link #active(PolicyKind, Instant)}, the document alone. */
  public PolicyDocument active(String kind, Instant at) {
    return shelf.active(kind, at);
  }

  /** Every version of a kind, proposals and rejected ones included, latest written first. */
  public List<PolicyDocument> all(String kind) {
    return table.all(kind);
  }

  public Optional<PolicyDocument> find(String kind, String version) {
    return table.find(kind, version);
  }

  /**
   * Stores a version for approval.
   *
   * @throws PolicyRefusedException when the kind refuses it or the version is taken
   */
  @Transactional
  public PolicyDocument propose(PolicyDraft draft, String author) {
    check(draft);
    PolicyDocument proposal =
        table
            .insert(draft, hash(draft.source()), author, clock.instant(), false)
            .orElseThrow(
                () -> new PolicyRefusedException("版本“%s”已存在，请使用新的版本号。".formatted(draft.version())));
    events.publishEvent(new PolicyChanged(proposal, PolicyChanged.Change.PROPOSED, author));
    return proposal;
  }

  /**
   * Approves exactly this content, which a review was held about and is closed; every node applies
   * it within seconds, from its first moment on. The table refuses it without that review.
   *
   * @throws PolicyRefusedException when the officer is its author or no compliance officer, the
   *     content is another, it is decided already or the kind would refuse it today
   */
  @Transactional
  public PolicyDocument approve(String kind, String version, String hash, String officer) {
    PolicyDocument approved =
        table
            .approve(kind, version, hash, officer, clock.instant())
            .orElseThrow(
                () ->
                    new PolicyRefusedException(
                        "无法批准版本“%s”：须由提交人以外的合规人员批准，内容须与您看到的一致且尚未处理，请刷新后重试。".formatted(version)));
    refuseProblems(kind(kind).problems(approved.source()));
    events.publishEvent(new PolicyChanged(approved, PolicyChanged.Change.APPROVED, officer));
    takeOverAfterCommit();
    return approved;
  }

  /**
   * Turns a proposal down; its author may so take it back.
   *
   * @throws PolicyRefusedException without a reason, when it is decided already or the actor is
   *     neither a compliance officer nor the author
   */
  @Transactional
  public PolicyDocument reject(String kind, String version, String reason, String actor) {
    if (reason.isBlank()) {
      throw new PolicyRefusedException("请填写退回的原因。");
    }
    PolicyDocument rejected =
        table
            .reject(kind, version, reason.strip(), actor, clock.instant())
            .orElseThrow(
                () ->
                    new PolicyRefusedException(
                        "无法退回版本“%s”：只有合规人员或提交人可以退回，且须尚未处理，请刷新后重试。".formatted(version)));
    events.publishEvent(new PolicyChanged(rejected, PolicyChanged.Change.REJECTED, actor));
    return rejected;
  }

  /** Takes over what was approved on other nodes. */
  @Scheduled(fixedDelay = 5_000)
  void refresh() {
    shelf = new PolicyShelf(table.applicable());
  }

  private void check(PolicyDraft draft) {
    List<String> problems = new ArrayList<>();
    if (!VERSION.matcher(draft.version()).matches() || draft.version().length() > 60) {
      problems.add("版本号只能由小写字母、数字、点和连字符组成，最多 60 个字符，例如 2027-01。");
    }
    if (draft.source().length() > LONGEST_SOURCE) {
      problems.add("内容过长，请控制在 %d 个字符以内。".formatted(LONGEST_SOURCE));
    }
    refuseProblems(problems);
    refuseProblems(kind(draft.kind()).problems(draft.source()));
  }

  private static void refuseProblems(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new PolicyRefusedException(problems);
    }
  }

  private PolicyKind<?> kind(String code) {
    PolicyKind<?> kind = kinds.get(code);
    if (kind == null) {
      throw new PolicyRefusedException("没有“%s”这一类策略，请从列表中选择。".formatted(code));
    }
    return kind;
  }

  /** What verdicts name must be found in twenty years, when this software is long replaced. */
  private void keepShipped(PolicyKind<?> kind) {
    ShippedPolicy shipped = kind.shipped();
    PolicyDraft draft =
        new PolicyDraft(kind.code(), shipped.version(), shipped.effectiveFrom(), shipped.source());
    String hash = hash(shipped.source());
    if (table.insert(draft, hash, SYSTEM, clock.instant(), true).isEmpty()) {
      table
          .find(kind.code(), shipped.version())
          .filter(stored -> !stored.hash().equals(hash))
          .ifPresent(
              stored ->
                  LOG.error(
                      "随软件提供的{}内容已变化而版本号仍为 {}：继续使用已存档的内容，请为新内容使用新的版本号。",
                      kind.title(),
                      shipped.version()));
    }
  }

  private void takeOverAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            refresh();
          }
        });
  }

  private static String hash(String source) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
