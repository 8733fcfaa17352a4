package io.waymark.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures against the worked examples the vendors publish. */
class VendorSignatureTest {

  /**
   * 阿里云《V3版本请求体&签名机制》, 固定参数示例:
   * https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
   */
  @Test
  void aliyun_v3_gives_the_published_signature() {
    String authorization =
        AcsSignature.authorization(
            "YourAccessKeyId",
            "YourAccessKeySecret".getBytes(StandardCharsets.UTF_8),
            "POST",
            Map.of(
                "ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
                "RegionId", "cn-shanghai"),
            Map.of(
                "host", "ecs.cn-shanghai.aliyuncs.com",
                "x-acs-action", "RunInstances",
                "x-acs-content-sha256",
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "x-acs-date", "2023-10-26T10:22:32Z",
                "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                "x-acs-version", "2014-05-26"));

    assertThat(authorization)
        .isEqualTo(
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;"
                + "x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
                + "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
  }

  @Test
  void aliyun_parameters_are_encoded_by_rfc_3986() {
    assertThat(AcsSignature.canonicalQuery(Map.of("b", "a b*~/中", "a", "1+1=2")))
        .isEqualTo("a=1%2B1%3D2&b=a%20b%2A~%2F%E4%B8%AD");
  }

  /**
   * 腾讯云《签名方法 v3》, the step-by-step example with DescribeInstances:
   * https://cloud.tencent.com/document/api/213/30654
   */
  @Test
  void tencent_v3_gives_the_published_signature() {
    String payload =
        "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
            + " \"instance-name\"}]}";
    String authorization =
        Tc3Signature.authorization(
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
            "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
            "cvm",
            "cvm.tencentcloudapi.com",
            Instant.ofEpochSecond(1551113065),
            payload.getBytes(StandardCharsets.UTF_8));

    assertThat(authorization)
        .isEqualTo(
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/"
                + "tc3_request, SignedHeaders=content-type;host, Signature="
                + "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
  }
}
