package io.waymark.engine.check.contact;

import io.waymark.engine.check.rule.Drawing;
import io.waymark.engine.check.rule.Mark;
import io.waymark.engine.check.rule.Node;
import io.waymark.engine.check.rule.Rule;
import io.waymark.engine.check.rule.Subject;
import io.waymark.journey.check.Severity;
import io.waymark.platform.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Two messages at once to the same customer. */
final class BackToBack implements Rule {

  @Override
  public String id() {
    return "contact.sends_back_to_back";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Stream<Mark> marks(Subject subject) {
    Drawing drawing = subject.drawing();
    Map<Node, Mark> marks = new LinkedHashMap<>();
    for (Node first : drawing.steps("sendMessage")) {
      List<Node> after =
          drawing.from(first).stream()
              .flatMap(flow -> Stream.ofNullable(drawing.node(flow.target())))
              .toList();
      drawing.reachable(after, node -> node.waits() || node.step("sendMessage")).stream()
          .filter(node -> node.step("sendMessage"))
          .filter(second -> speaks(subject, first) && speaks(subject, second))
          .forEach(second -> marks.merge(second, mark(subject, first, second), BackToBack::worse));
    }
    return marks.values().stream();
  }

  /** A call to another system disturbs no customer. */
  private static boolean speaks(Subject subject, Node send) {
    return channel(subject, send).filter(Channel.WEBHOOK::equals).isEmpty();
  }

  private static Optional<Channel> channel(Subject subject, Node send) {
    return subject.facts().content(send).map(content -> content.metadata().channel());
  }

  private static Mark mark(Subject subject, Node first, Node second) {
    Optional<Channel> channel = channel(subject, second);
    boolean same = channel.equals(channel(subject, first));
    // What waits inside the app is read when its owner comes.
    boolean disturbs = same && !channel.equals(Optional.of(Channel.IN_APP));
    return Mark.at(
            second,
            "%s紧跟着%s发出，中间没有等待，客户几秒之内收到两条%s。"
                .formatted(second.called(), first.called(), same ? "同一渠道的消息" : "消息"),
            "请在两次发送之间等回执、等客户行动或等一段时间；只想换个渠道补发，就等 message.settled 之后再发。")
        .as(disturbs ? Severity.WARNING : Severity.HINT);
  }

  private static Mark worse(Mark one, Mark other) {
    return one.severity() == Severity.WARNING ? one : other;
  }
}
