package io.waymark.channel;

import static io.waymark.channel.RequestSignature.Check.MISSING;
import static io.waymark.channel.RequestSignature.Check.OUTSIDE_WINDOW;
import static io.waymark.channel.RequestSignature.Check.VALID;
import static io.waymark.channel.RequestSignature.Check.WRONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The vector is the one in the tests of the Standard Webhooks reference libraries
 * (https://github.com/standard-webhooks/standard-webhooks, also svix-webhooks go/webhook_test.go).
 */
class RequestSignatureTest {

  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String TIMESTAMP = "1614265330";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String PUBLISHED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final Instant THEN = Instant.ofEpochSecond(1614265330);

  @Test
  void signs_as_the_published_vector_says() {
    assertThat(RequestSignature.sign(SECRET, ID, TIMESTAMP, BODY)).isEqualTo(PUBLISHED);
    assertThat(RequestSignature.headers(SECRET, ID, THEN.plusMillis(900), BODY))
        .isEqualTo(
            Map.of(
                "webhook-id", ID,
                "webhook-timestamp", TIMESTAMP,
                "webhook-signature", PUBLISHED));
  }

  @Test
  void believes_any_one_of_several_signatures_so_that_a_secret_can_be_rotated() {
    assertThat(check(ID, TIMESTAMP, "v1,b2xk " + PUBLISHED, BODY, THEN)).isEqualTo(VALID);
    assertThat(check(ID, TIMESTAMP, "v1,b2xk v2,bmV3", BODY, THEN)).isEqualTo(WRONG);
  }

  @Test
  void a_changed_body_id_time_or_secret_is_wrong() {
    assertThat(check(ID, TIMESTAMP, PUBLISHED, "{}".getBytes(UTF_8), THEN)).isEqualTo(WRONG);
    assertThat(check("msg_other", TIMESTAMP, PUBLISHED, BODY, THEN)).isEqualTo(WRONG);
    assertThat(check(ID, "1614265331", PUBLISHED, BODY, THEN)).isEqualTo(WRONG);
    assertThat(RequestSignature.check(new Secret("other"), ID, TIMESTAMP, PUBLISHED, BODY, THEN))
        .isEqualTo(WRONG);
  }

  @Test
  void five_minutes_either_way_is_fresh_and_a_second_more_is_not() {
    assertThat(check(ID, TIMESTAMP, PUBLISHED, BODY, THEN.plusSeconds(300))).isEqualTo(VALID);
    assertThat(check(ID, TIMESTAMP, PUBLISHED, BODY, THEN.minusSeconds(300))).isEqualTo(VALID);
    assertThat(check(ID, TIMESTAMP, PUBLISHED, BODY, THEN.plusSeconds(301)))
        .isEqualTo(OUTSIDE_WINDOW);
    assertThat(check(ID, TIMESTAMP, PUBLISHED, BODY, THEN.minusSeconds(301)))
        .isEqualTo(OUTSIDE_WINDOW);
  }

  @Test
  void what_is_absent_or_no_time_is_missing() {
    assertThat(check(null, TIMESTAMP, PUBLISHED, BODY, THEN)).isEqualTo(MISSING);
    assertThat(check(ID, null, PUBLISHED, BODY, THEN)).isEqualTo(MISSING);
    assertThat(check(ID, TIMESTAMP, null, BODY, THEN)).isEqualTo(MISSING);
    assertThat(check(ID, "yesterday", PUBLISHED, BODY, THEN)).isEqualTo(MISSING);
  }

  @Test
  void a_secret_is_never_printed_and_never_empty() {
    assertThat(SECRET.toString()).doesNotContain("MfKQ");
    assertThat(new Secret("中文密钥").bytes()).isEqualTo("中文密钥".getBytes(UTF_8));
    assertThatThrownBy(() -> new Secret(" ")).hasMessageContaining("密钥不能为空");
    assertThatThrownBy(() -> new Secret("whsec_")).hasMessageContaining("密钥不能为空");
  }

  private static RequestSignature.Check check(
      String id, String timestamp, String signatures, byte[] body, Instant now) {
    return RequestSignature.check(SECRET, id, timestamp, signatures, body, now);
  }
}
