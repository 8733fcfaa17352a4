package io.waymark.contact.link;

import io.waymark.channel.AddressedMessage;
import io.waymark.channel.MailText;
import io.waymark.platform.Channel;
import io.waymark.platform.crypto.KeyedHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives departing messages their addresses of ours. A mail always gets its way to unsubscribe (RFC
 * 8058, 通信短信息服务管理规定); links and the picture are only for customers who agreed to be observed. The
 * same message gets the same addresses at every attempt, so that a repeat is the same message to
 * the provider.
 */
@Component
public class Links {

  private static final int TOKEN_BYTES = 12;

  /**
   * How a text writes the address by which its reader gives 1 to 5; 0 proposes none. The host is
   * one that never exists (RFC 2606), so what is not exchanged leads nowhere.
   */
  private static final Pattern RATING = Pattern.compile("https://rate\\.invalid/([0-5])");

  private final StoredLinks stored;
  private final LinkSettings settings;
  private final KeyedHash hash;

  Links(StoredLinks stored, LinkSettings settings, KeyedHash hash) {
    this.stored = stored;
    this.settings = settings;
    this.hash = hash;
  }

  /**
   * The messages with their addresses, in the order given; at most one statement, within the
   * caller's transaction. Without a base address they come back as they are.
   */
  public List<AddressedMessage> dress(List<Outgoing> departing) {
    if (settings.baseUrl() == null) {
      return departing.stream().map(Outgoing::message).toList();
    }
    List<Link> links = new ArrayList<>();
    List<AddressedMessage> dressed = new ArrayList<>();
    for (Outgoing one : departing) {
      dressed.add(dress(one, links));
    }
    stored.insert(links);
    return dressed;
  }

  private AddressedMessage dress(Outgoing one, List<Link> links) {
    AddressedMessage message = one.message();
    if (message.channel() == Channel.WEBHOOK) {
      return message;
    }
    String body = message.body();
    boolean html = message.channel() == Channel.EMAIL && MailText.isHtml(body);
    body = RATING.matcher(body).replaceAll(found -> rating(one, found.group(1), links));
    if (one.observed()) {
      body =
          LinkText.exchange(body, html, settings::allows, target -> shortened(one, target, links));
      if (html) {
        body = LinkText.withPicture(body, address(one, Link.Kind.OPEN, null, "o", links));
      }
    }
    Map<String, String> headers = new HashMap<>(message.headers());
    if (message.channel() == Channel.EMAIL) {
      String way = address(one, Link.Kind.UNSUBSCRIBE, null, "u", links);
      headers.put("List-Unsubscribe", "<" + way + ">");
      headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    return new AddressedMessage(
        message.messageId(),
        message.channel(),
        message.address(),
        message.subject(),
        body,
        headers);
  }

  /** Asking for a score observes nobody: the customer says it himself. */
  private String rating(Outgoing one, String score, List<Link> links) {
    return Matcher.quoteReplacement(address(one, Link.Kind.RATE, score, "s", links));
  }

  private String shortened(Outgoing one, String target, List<Link> links) {
    return address(one, Link.Kind.CLICK, target, "l", links);
  }

  private String address(
      Outgoing one, Link.Kind kind, @Nullable String target, String door, List<Link> links) {
    String token = token(one, kind, target);
    links.add(
        new Link(
            token,
            kind,
            one.message().messageId(),
            one.customerId(),
            one.branch(),
            one.message().channel(),
            one.purpose(),
            target,
            one.createdAt()));
    return settings.address(door, token);
  }

  /** Nobody without the master key can tell it from random bits, nor find another one. */
  private String token(Outgoing one, Link.Kind kind, @Nullable String target) {
    byte[] bits = hash.of("link", one.message().messageId() + " " + kind.code() + " " + target);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bits, TOKEN_BYTES));
  }
}
