package io.waymark.console;

import io.waymark.platform.Channel;
import io.waymark.platform.staff.Branches;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Words of the message bundle for codes, and the choices that filters offer. */
@Component
class Words {

  private final MessageSource messages;
  private final Branches branches;

  Words(MessageSource messages, Branches branches) {
    this.messages = messages;
    this.branches = branches;
  }

  /** The text of a key; the key itself when the bundle lacks it. */
  String of(String key, Object... parts) {
    return messages.getMessage(key, parts, key, LocaleContextHolder.getLocale());
  }

  /** Choices named {@code <family>.<code>} in the bundle. */
  List<Option> options(String family, Stream<String> codes) {
    return codes.map(code -> new Option(code, of(family + "." + code))).toList();
  }

  List<Option> channels() {
    return options("channel", Stream.of(Channel.values()).map(Channel::code));
  }

  List<Option> branches() {
    return branches.all().stream().map(b -> new Option(b.code(), b.name())).toList();
  }
}
