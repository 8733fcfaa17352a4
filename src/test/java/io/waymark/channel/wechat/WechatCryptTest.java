package io.waymark.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The example of 企业微信《加解密方案说明》 (https://developer.work.weixin.qq.com/document/path/90968), also the
 * sample of 微信公众平台's WXBizMsgCrypt.
 */
class WechatCryptTest {

  private static final String ENCRYPTED =
      "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg"
          + "3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHz"
          + "M6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMEL"
          + "NqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9Ks"
          + "NlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";

  private final WechatCrypt crypt =
      new WechatCrypt(
          "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7");

  @Test
  void the_published_message_has_the_published_signature_and_text() {
    assertThat(crypt.signature("1409659813", "1372623149", ENCRYPTED))
        .isEqualTo("477715d11cdb4164915debcba66cb864d751f3e6");
    assertThat(crypt.decrypt(ENCRYPTED).orElseThrow())
        .contains("<Content><![CDATA[hello]]></Content>")
        .contains("<MsgId>4561255354251345929</MsgId>");
  }

  @Test
  void what_was_encrypted_here_opens_here_and_for_no_other_receiver() {
    String sealed = crypt.encrypt("<xml>退订</xml>");

    assertThat(crypt.decrypt(sealed)).contains("<xml>退订</xml>");
    assertThat(
            new WechatCrypt("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wxanother")
                .decrypt(sealed))
        .isEmpty();
    assertThat(crypt.decrypt("bm90IGVuY3J5cHRlZA==")).isEmpty();
    assertThat(crypt.decrypt("?")).isEmpty();
  }
}
