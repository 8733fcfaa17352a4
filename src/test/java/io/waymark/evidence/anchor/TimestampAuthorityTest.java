package io.waymark.evidence.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against an authority of the test's own, on a socket, that signs with a certificate of its own.
 */
class TimestampAuthorityTest {

  private static final String STATEMENT = "waymark-evidence-anchor: 1\nnumber: 1\n";

  private HttpServer server;
  private X509CertificateHolder certificate;
  private KeyPair keys;
  private boolean answersAnother;
  private int status = 200;

  @BeforeEach
  void open() throws Exception {
    keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    X500Name name = new X500Name("CN=Test TSA");
    Date now = new Date();
    certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                now,
                new Date(now.getTime() + 86_400_000L),
                name,
                keys.getPublic())
            .addExtension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/tsa",
        exchange -> {
          byte[] answer;
          try {
            answer = stamp(new TimeStampRequest(exchange.getRequestBody().readAllBytes()));
          } catch (Exception e) {
            throw new IOException(e);
          }
          exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void a_statement_is_stamped_and_the_token_proves_it() throws Exception {
    byte[] token = authority().stamp(STATEMENT);

    TimeStampToken read = new TimeStampToken(new org.bouncycastle.cms.CMSSignedData(token));
    read.validate(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
    assertThat(read.getTimeStampInfo().getMessageImprintDigest())
        .isEqualTo(
            MessageDigest.getInstance("SHA-256")
                .digest(STATEMENT.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void an_answer_about_another_statement_is_refused() {
    answersAnother = true;

    assertThatThrownBy(() -> authority().stamp(STATEMENT)).isInstanceOf(IOException.class);
  }

  @Test
  void an_authority_that_fails_is_reported() {
    status = 503;

    assertThatThrownBy(() -> authority().stamp(STATEMENT)).hasMessageContaining("503");
  }

  private TimestampAuthority authority() {
    return new TimestampAuthority(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa"),
        Duration.ofSeconds(5));
  }

  private byte[] stamp(TimeStampRequest asked) throws Exception {
    TimeStampRequest about = asked;
    if (answersAnother) {
      about =
          new org.bouncycastle.tsp.TimeStampRequestGenerator()
              .generate(TSPAlgorithms.SHA256, new byte[32], asked.getNonce());
    }
    TimeStampTokenGenerator tokens =
        new TimeStampTokenGenerator(
            new JcaSimpleSignerInfoGeneratorBuilder()
                .build(
                    "SHA256withRSA",
                    keys.getPrivate(),
                    new JcaX509CertificateConverter().getCertificate(certificate)),
            new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(TSPAlgorithms.SHA1)),
            new ASN1ObjectIdentifier("1.2.3.4.1"));
    tokens.addCertificates(
        new JcaCertStore(List.of(new JcaX509CertificateConverter().getCertificate(certificate))));
    return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
        .generate(about, BigInteger.TEN, new Date())
        .getEncoded();
  }
}
